import type { Command } from './command.ts';
import type { Decision } from './decide.ts';
import type { IncidentState } from './state.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

/** Hears what becomes of a group of alerts that belongs here. Once the incident is over it is no longer told. */
export function noteAlerts(state: IncidentState, { stream, title, now }: Of<'note-alerts'>): Decision {
  if (state.status !== 'open') return [];
  const known = state.record.alerts.find((each) => each.stream === stream);
  if (now.is === 'joined') {
    const { source, beganAt, heardAt, firing } = now;
    return known ? [] : [{ type: 'alerts-joined', stream, source, title, beganAt, heardAt, firing }];
  }
  if (!known || known.over === (now.is === 'over')) return [];
  return [{ type: now.is === 'over' ? 'alerts-over' : 'alerts-returned', stream, title }];
}
