import type { Instant, RoleId } from '../brand.ts';
import { sayList } from '../procedure/nearest.ts';
import type { CalendarCommand } from './command.ts';
import type { CalendarFact } from './event.ts';
import { refuse } from './refusal.ts';
import type { CalendarRefusal } from './refusal.ts';
import { overridesAt } from './state.ts';
import type { CalendarState } from './state.ts';

type Of<Kind extends CalendarCommand['kind']> = Extract<CalendarCommand, { kind: Kind }>;

/** Filling in a form takes a while, and what begins "now" begins when it was opened. */
const JUST_NOW_MS = 10 * 60_000;
const LONGEST_MS = 31 * 24 * 60 * 60_000;
const MOST = 50;

/** The rules of overrides: who may make them, and for when. That some overlap is no mistake, because the last one holds. */
export function decide(state: CalendarState, command: CalendarCommand, now: Instant): readonly CalendarFact[] | CalendarRefusal {
  if (!mayChange(command.roles, command.mayChange)) return refuse('not-in-role');
  switch (command.kind) {
    case 'make-override':
      return make(state, command, now);
    case 'cancel-override': {
      const { id, by, next } = command;
      const isThere = overridesAt(state, now).some((override) => override.id === id);
      return isThere ? [{ type: 'override-cancelled', id, by, next: next.slice(0, MOST) }] : refuse('no-such-override');
    }
    default:
      return command satisfies never;
  }
}

function make(
  state: CalendarState,
  { id, who, from, to, by, holders, takes }: Of<'make-override'>,
  now: Instant,
): ReturnType<typeof decide> {
  if (!holders.includes(who)) return refuse('not-a-holder', holders.length > 0 ? `These do: ${sayList(holders, 'and')}.` : undefined);
  if (to <= from) return refuse('ends-before-it-begins');
  if (from < now - JUST_NOW_MS || to <= now) return refuse('in-the-past');
  if (to - from > LONGEST_MS) return refuse('too-long');
  const others = overridesAt(state, now);
  // The same once more: somebody asked twice, or the bot stopped in the middle of it.
  if (others.some((other) => other.who === who && other.from === from && other.to === to)) return [];
  if (others.length >= MOST) return refuse('too-many');
  return [{ type: 'override-made', id, who, from, to, by, takes: takes.slice(0, MOST) }];
}

function mayChange(roles: readonly RoleId[], allowed: readonly RoleId[]): boolean {
  return roles.some((role) => allowed.includes(role));
}
