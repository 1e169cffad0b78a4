import type { Instant } from '../brand.ts';
import { sayDuration } from '../duration.ts';
import { systemStatusOf } from './announcements.ts';
import { detectedAt } from './moments.ts';
import { isOver } from './readiness.ts';
import type { Audience } from './record-event.ts';
import type { IncidentState, Run } from './state.ts';

type Incident = Exclude<IncidentState, { status: 'none' }>;

/** A first draft of what to tell people now, from what the journal knows; whoever sends it changes it. */
export function updateTexts(state: Incident, now: Instant): Readonly<Record<Audience, string>> {
  return { engineering: forEngineers(state, now).join('\n'), business: forBusiness(state, now).join('\n') };
}

function forEngineers({ title, incident, openedAt, runs, record }: Incident, now: Instant): readonly string[] {
  const note = record.notes.newest;
  return [
    `${title} (incident ${incident}${record.severity ? `, ${record.severity.id}` : ''}), open for ${sayDuration(now - openedAt)}.`,
    ...runs.map((run) => `${run.procedure.title} on ${run.target.name} (run ${run.id}): ${standing(run)}.`),
    ...record.alerts.map((group) => `Alerts: ${group.title}, ${group.over ? 'quiet by now' : 'still firing'}.`),
    ...(note ? [`Noted last: ${note.text}`] : []),
  ];
}

function forBusiness(state: Incident, now: Instant): readonly string[] {
  const { runs, title, record } = state;
  const components = [...new Set(runs.map((run) => run.procedure.component))];
  const what = components.length > 0 ? components.join(' and ') : title;
  const system = systemStatusOf(runs);
  const every = record.severity?.updateEveryMs ?? null;
  return [
    `We know of a problem since ${clock(detectedAt(state))} UTC: ${what}.`,
    ...(system ? [`The system is ${SYSTEM[system.status]}.`] : []),
    doing(runs),
    ...(every === null ? [] : [`The next update comes by ${clock(now + every)} UTC.`]),
  ];
}

const SYSTEM = { operational: 'in order', degraded: 'working, but not as it should', outage: 'down' } as const;

function doing(runs: readonly Run[]): string {
  if (runs.some(({ progress }) => progress.status !== 'finished')) return 'We are going back to the last good version.';
  const good = runs.length > 0 && runs.at(-1)?.progress;
  if (good && good.status === 'finished' && good.outcome === 'verified') return 'We went back to the last good version, and checked it.';
  return 'We are looking for the cause.';
}

function standing({ progress, steps }: Run): string {
  const over = steps.filter(isOver).length;
  const count = `${over} of ${steps.length} steps done`;
  switch (progress.status) {
    case 'finished':
      return `ended ${progress.outcome}`;
    case 'held':
      return `waits for a decision, ${count}`;
    case 'undoing':
      return 'is being undone';
    case 'stopping':
      return 'is being stopped';
    case 'running':
      return steps.some(({ state }) => state.status === 'awaiting-approval') ? `waits for approval, ${count}` : `is running, ${count}`;
    default:
      return progress satisfies never;
  }
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}
