import type { Place } from './place.ts';
import { sayHold } from './say.ts';
import { isSameVersion, runningOf } from './state.ts';
import type { ComponentState } from './state.ts';

/** Why a version is not to be deployed, or null. What runs already may always be deployed again: that brings nothing back. */
export function whyNotDeploy(state: ComponentState, version: string, { target, deployable }: Place): string | null {
  const hold = state.status === 'none' ? undefined : state.holds.at(-1);
  if (!hold || isSameVersion(version, runningOf(state))) return null;
  return `Nothing is to be deployed to ${deployable} on ${target}. ${sayHold(hold)} Lift it with /rollback unhold ${deployable} ${target}`;
}
