import type { Instant } from '../brand.ts';
import type { AlertsNow } from '../incident/command.ts';
import type { Change } from '../kinds.ts';
import type { AlertFact } from './event.ts';
import { streamOf } from './place.ts';
import { firingIn } from './state.ts';
import type { AlertGroup, AlertState } from './state.ts';

/** What an incident hears of a group that belongs to it: that it has come, that it is quiet, and that it is back. */
export function incidentAfter(state: AlertState, facts: readonly AlertFact[]): readonly Change<'incident'>[] {
  const incident = state.status === 'none' ? null : state.incident;
  if (state.status === 'none' || !incident) return [];
  const commands = facts.flatMap((fact) => {
    const now = nowOf(state, fact);
    return now ? [{ kind: 'note-alerts', stream: streamOf(state), title: state.title, now } as const] : [];
  });
  return commands.length === 0 ? [] : [{ stream: incident.stream, commands }];
}

function nowOf(state: AlertGroup, { type }: AlertFact): AlertsNow | null {
  if (type === 'group-closed') return { is: 'over' };
  if (type === 'group-opened') return { is: 'returned' };
  if (type !== 'incident-joined') return null;
  const { source, episode } = state;
  return { is: 'joined', source, beganAt: beginningOf(state), heardAt: episode.openedAt, firing: firingIn(state) };
}

/** When the first of those that are known began; what began long before its group was heard of says nothing of this episode. */
function beginningOf({ alerts, episode }: AlertGroup): Instant {
  const starts = alerts.map(({ startsAt }) => startsAt).filter((at) => at <= episode.openedAt && episode.openedAt - at < LONGEST_MS);
  return Math.min(episode.openedAt, ...starts) as Instant;
}

const LONGEST_MS = 24 * 3_600_000;
