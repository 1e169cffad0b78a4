import type { Instant } from '../../core/brand.ts';
import type { Settings } from '../../core/settings.ts';
import type { KnownAt } from '../orders.ts';

/** The version of a deployable that runs, since when, and whether it is verified. */
export type Change = { readonly deployable: string; readonly at: Instant; readonly verified: boolean };

/** What was changed last on a target, as far as it was seen. */
export function lastChange(settings: Settings, target: string, known: KnownAt): Change | null {
  return changesOn(settings, target, known).toSorted((a, b) => b.at - a.at)[0] ?? null;
}

/** What runs on a target, by deployable. */
export function changesOn({ targets }: Settings, target: string, known: KnownAt): readonly Change[] {
  return Object.keys(targets[target]?.deployables ?? {}).flatMap((deployable) => {
    const state = known({ target, deployable });
    const release = state.status === 'none' ? undefined : state.releases.findLast(({ version }) => version === state.running);
    return release ? [{ deployable, at: release.since, verified: release.verified !== null }] : [];
  });
}
