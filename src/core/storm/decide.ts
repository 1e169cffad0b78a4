import type { Instant } from '../brand.ts';
import type { StormCommand } from './command.ts';
import type { StormFact } from './event.ts';
import { calmFrom } from './evolve.ts';
import type { StormState } from './state.ts';

type Of<Kind extends StormCommand['kind']> = Extract<StormCommand, { kind: Kind }>;

/** How often people are told at most that something could not be read. */
const QUARANTINE_EVERY_MS = 60 * 60_000;

/** The rules of storms: from so many groups in so much time on, the next ones are held back until it is calmer again. Nothing is refused. */
export function decide(state: StormState, command: StormCommand, now: Instant): readonly StormFact[] {
  switch (command.kind) {
    case 'count-group':
      return countGroup(state, command, now);
    case 'count-alerts':
      return isLast(state, command.storm) ? [{ type: 'more-held-back', alerts: command.alerts }] : [];
    case 'count-resolved':
      return isLast(state, command.storm) ? [{ type: 'held-back-resolved' }] : [];
    case 'count-returned':
      return isLast(state, command.storm) ? [{ type: 'held-back-returned' }] : [];
    case 'note-quarantine': {
      const last = state.status === 'none' ? null : state.quarantine;
      const { source, says, kept } = command;
      return last && now - last.at < QUARANTINE_EVERY_MS ? [] : [{ type: 'quarantine-noted', source, says, kept }];
    }
    case 'settle': {
      const at = calmFrom(state);
      return at !== null && at <= now ? [{ type: 'storm-ended' }] : [];
    }
    default:
      return command satisfies never;
  }
}

function countGroup(state: StormState, { stream, alerts, limits }: Of<'count-group'>, now: Instant): readonly StormFact[] {
  const heldBack: StormFact = { type: 'group-held-back', stream, alerts };
  const { groups: limit, withinMs } = limits;
  const calmAt = calmFrom(state);
  if (calmAt !== null && calmAt <= now) return [{ type: 'storm-ended' }, { type: 'group-counted', alerts, withinMs }];
  if (state.status === 'storm') return [heldBack];
  const before = state.status === 'none' ? [] : state.opened.filter(({ at }) => now - at < withinMs);
  if (before.length < limit) return [{ type: 'group-counted', alerts, withinMs }];
  const sum = before.reduce((all, each) => all + each.alerts, 0);
  return [{ type: 'storm-began', groups: before.length, alerts: sum, limit, withinMs }, heldBack];
}

function isLast(state: StormState, storm: number): boolean {
  return state.status !== 'none' && state.storm?.number === storm;
}
