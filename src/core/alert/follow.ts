import type { AnyChange } from '../kinds.ts';
import type { StormFact } from '../storm/event.ts';
import { STORM_STREAM } from '../storm/state.ts';
import type { StormState } from '../storm/state.ts';
import type { AlertFact } from './event.ts';
import { streamOf } from './place.ts';
import type { AlertState } from './state.ts';

/** A group that opens, grows or closes is counted with all others, which decides whether it may speak for itself. */
export function countedAfter(state: AlertState, facts: readonly AlertFact[]): readonly AnyChange[] {
  if (state.status === 'none') return [];
  const { fired, storm } = state.episode;
  const opening = facts.find((fact) => fact.type === 'group-opened' || fact.type === 'group-raised');
  if (opening && !(opening.type === 'group-opened' && opening.again)) {
    const { limits } = opening;
    return [{ stream: STORM_STREAM, commands: [{ kind: 'count-group', stream: streamOf(state), alerts: fired, limits }] }];
  }
  if (storm === null) return [];
  const alerts = facts.reduce((sum, fact) => sum + (fact.type === 'alerts-noted' ? fact.fired.length + fact.more.length : 0), 0);
  const closed = facts.some(({ type }) => type === 'group-closed');
  return [
    ...(alerts > 0 ? [{ stream: STORM_STREAM, commands: [{ kind: 'count-alerts', storm, alerts }] } as const] : []),
    ...(opening ? [{ stream: STORM_STREAM, commands: [{ kind: 'count-returned', storm }] } as const] : []),
    ...(closed ? [{ stream: STORM_STREAM, commands: [{ kind: 'count-resolved', storm }] } as const] : []),
  ];
}

/** What is held back in a storm has to know it. */
export function heldBackAfter(state: StormState, facts: readonly StormFact[]): readonly AnyChange[] {
  const storm = state.status === 'none' ? null : state.storm;
  if (!storm) return [];
  return facts.flatMap((fact): readonly AnyChange[] =>
    fact.type === 'group-held-back' ? [{ stream: fact.stream, commands: [{ kind: 'hold-back', storm: storm.number }] }] : [],
  );
}
