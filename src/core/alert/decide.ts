import type { Instant, RoleId } from '../brand.ts';
import { sharedRoles } from '../incident/find.ts';
import { sayList } from '../procedure/nearest.ts';
import type { AlertCommand } from './command.ts';
import type { AlertFact } from './event.ts';
import { evolve } from './evolve.ts';
import { flapsAt, noted } from './flapping.ts';
import { inOrder, newsIn } from './note.ts';
import { refuse } from './refusal.ts';
import type { AlertRefusal } from './refusal.ts';
import { firingIn } from './state.ts';
import type { AlertGroup, AlertState } from './state.ts';

type Decision = readonly AlertFact[] | AlertRefusal;
type Of<Kind extends AlertCommand['kind']> = Extract<AlertCommand, { kind: Kind }>;

/** The rules of alerts: what is said twice is one thing, a group is open while something in it fires, and people may silence it. */
export function decide(state: AlertState, command: AlertCommand, now: Instant): Decision {
  if (command.kind === 'note-alerts') return noteAlerts(state, command, now);
  if (state.status === 'none') return refuse('no-such-group');
  switch (command.kind) {
    case 'silence':
      return silence(state, command, now);
    case 'join-incident': {
      const { stream, by } = command;
      if (state.incident) return refuse('incident-there-already');
      return mayNot(command) ?? [{ type: 'incident-joined', stream, by }];
    }
    case 'join-by-rule':
      return state.incident ? [] : [{ type: 'incident-joined', stream: command.stream, by: command.by }];
    case 'settle':
      return settle(state, command, now);
    case 'hold-back':
      return state.episode.storm === null ? [{ type: 'held-back', storm: command.storm }] : [];
    default:
      return command satisfies never;
  }
}

/** What has ended by itself meanwhile ends before anything new is noted, whether anybody has looked since or not. */
function noteAlerts(before: AlertState, command: Of<'note-alerts'>, now: Instant): readonly AlertFact[] {
  const ended = before.status === 'none' ? [] : endedIn(before, now);
  const facts = inOrder(command.notice).reduce<readonly AlertFact[]>(
    (all, notice) => [...all, ...noteNews(after(before, all, now), { ...command, notice }, now)],
    ended,
  );
  const opens = facts.some(({ type }) => type === 'group-opened');
  return ended.length === 0 || opens ? facts : [...facts, ...raised(after(before, facts, now), command)];
}

function after(before: AlertState, facts: readonly AlertFact[], now: Instant): AlertState {
  return facts.reduce<AlertState>((state, fact) => evolve(state, { ...fact, at: now }), before);
}

function noteNews(state: AlertState, { notice, token, limits }: Of<'note-alerts'>, now: Instant): readonly AlertFact[] {
  const news = newsIn(state, notice);
  const { fired, more } = news;
  // Of what is over before anybody has heard of it there is nothing to tell.
  if (state.status === 'none' && fired.length + more.length === 0) return [];
  const told = evolve(state, { ...news, at: now });
  if (told.status === 'none') return [news];
  const firing = firingIn(told) > 0;
  if (firing === (state.status === 'open')) return [news];
  const again = isQuiet(state);
  const turned: AlertFact = firing ? { type: 'group-opened', token, again, limits } : { type: 'group-closed' };
  const flaps = flapsAt(noted(told.history, firing, now), told.flapping, now);
  const flapping: readonly AlertFact[] = flaps === told.flapping ? [] : [{ type: flaps ? 'flapping-began' : 'flapping-ended' }];
  return [news, turned, ...flapping];
}

/** Whether nobody is to be told when the group comes back: an edit notifies nobody. */
function isQuiet(state: AlertState): boolean {
  return state.status !== 'none' && (state.flapping || state.silence !== null);
}

function silence(state: AlertGroup, { forMs, by, ...acting }: Of<'silence'>, now: Instant): Decision {
  const refused = mayNot(acting);
  if (refused) return refused;
  if (state.status === 'closed' && !state.flapping) return refuse('not-firing');
  if (state.silence && state.silence.until > now)
    return refuse('silenced-already', `${state.silence.by.name} has silenced it until ${sayTime(state.silence.until)}.`);
  return [{ type: 'group-silenced', until: (now + forMs) as Instant, by }];
}

/** What still fires when nothing keeps it quiet any more has to be said anew: an edit notifies nobody. */
function settle(state: AlertGroup, command: Of<'settle'>, now: Instant): readonly AlertFact[] {
  const ended = endedIn(state, now);
  return ended.length === 0 ? [] : [...ended, ...raised(after(state, ended, now), command)];
}

function raised(state: AlertState, { token, limits }: Pick<Of<'settle'>, 'token' | 'limits'>): readonly AlertFact[] {
  const speaks = state.status === 'open' && !isQuiet(state) && state.episode.storm === null;
  return speaks ? [{ type: 'group-raised', token, limits }] : [];
}

function endedIn({ silence: silenced, flapping, history }: AlertGroup, now: Instant): readonly AlertFact[] {
  return [
    ...(silenced && silenced.until <= now ? [{ type: 'silence-ended' } as const] : []),
    ...(flapping && !flapsAt(history, true, now) ? [{ type: 'flapping-ended' } as const] : []),
  ];
}

function mayNot({ roles, mayStart }: { readonly roles: readonly RoleId[]; readonly mayStart: readonly RoleId[] }): AlertRefusal | null {
  return sharedRoles(roles, mayStart).length > 0 ? null : refuse('not-in-role', `It needs ${sayList(mayStart)}.`);
}

function sayTime(at: Instant): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}
