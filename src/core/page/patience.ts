import type { Instant, StepId } from '../brand.ts';
import { parseDuration } from '../duration.ts';
import { approvalEndsAt, runOf, stepOf } from '../incident/state.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Settings } from '../settings.ts';
import type { PageOrder } from './state.ts';

/** Nobody finds the card, reads it and decides in less. */
const SHORTEST_MS = 60_000;

/**
 * How long an answer to a page counts, in milliseconds: who says that they have an approval and then falls asleep must not be
 * what it expires by. Null where it counts until what the page is about is over.
 */
export function holdsFor(
  { why, about }: Pick<PageOrder, 'why' | 'about'>,
  incident: IncidentState,
  { paging }: Pick<Settings, 'paging'>,
  now: Instant,
): number | null {
  if (why !== 'approval' || about.run === null) return null;
  const run = runOf(incident, about.run);
  const state = run && stepOf(run, about.step ?? ('' as StepId))?.state;
  if (state?.status !== 'awaiting-approval') return null;
  const { approval } = state;
  const leftMs = (approvalEndsAt(approval) ?? now + approval.withinMs) - now;
  return Math.max(SHORTEST_MS, parseDuration(paging?.['approval-again'] ?? '') ?? Math.floor(leftMs / 2));
}
