import type { Instant } from '../brand.ts';
import { sayDuration } from '../duration.ts';
import { detectedAt, troubleAt } from '../incident/moments.ts';
import { OUTCOME_SAYS } from '../incident/outcome.ts';
import type { IncidentState, Run } from '../incident/state.ts';
import { md, utc } from './markdown.ts';

type Incident = Exclude<IncidentState, { status: 'none' }>;

/** What somebody reads who reads nothing else: how long it lasted, what was done, what users were told, and what is still open. */
export function inShort(state: Incident): string {
  const lines = [
    ...(state.drill ? ['This was a drill.'] : [lasted(state)]),
    ...state.runs.map(did),
    ...(state.drill ? [] : told(state)),
    stillOpen(state),
  ];
  return `## In Short\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

/** It is over when the last run was verified after all; a rollback that did not end well has ended no trouble. */
function lasted(state: Incident): string {
  const trouble = troubleAt(state);
  const began = trouble ?? detectedAt(state);
  const end = stableAt(state.runs);
  if (end !== null) return `The trouble lasted ${sayDuration(end - began)}, from ${utc(began)} to ${utc(end)}.`;
  return `${trouble === null ? 'The trouble was noticed' : 'The trouble began'} ${utc(began)}. No run has verified that it is over.`;
}

function stableAt(runs: readonly Run[]): Instant | null {
  const last = runs.at(-1)?.progress;
  return last?.status === 'finished' && last.outcome === 'verified' ? last.at : null;
}

function did({ procedure, target, progress }: Run): string {
  const how = progress.status === 'finished' ? OUTCOME_SAYS[progress.outcome] : 'not finished';
  return `${md(procedure.title)} on ${md(target.name)}: ${how}.`;
}

function told({ record: { updates } }: Incident): readonly string[] {
  const last = updates.at(-1);
  if (!last) return [];
  const count = updates.length === 1 ? 'an update' : `${updates.length} updates, the last`;
  return [`The business was sent ${count} ${utc(last.at)}: “${md(last.update.business.text)}”`];
}

function stillOpen(state: Incident): string {
  const left = state.status === 'closed' ? state.left.length : 0;
  const { rootCause } = state.record.writeUp;
  const open = state.followUps.filter(({ done }) => !done).length;
  return [
    rootCause ? 'The root cause is known (below)' : 'The root cause is not known yet',
    ...(left > 0 ? [left === 1 ? 'one thing was left open when it was closed' : `${left} things were left open when it was closed`] : []),
    ...(state.followUps.length > 0 ? [`${open} of ${state.followUps.length} follow-ups are to do`] : []),
  ]
    .join('; ')
    .concat('.');
}
