import type { IncidentEvent } from './event.ts';

/** What may come after the end and is no news to anybody who reads the report. */
const NO_NEWS: ReadonlySet<IncidentEvent['type']> = new Set([
  'channel-linked',
  'page-noted',
  'past-runs-noted',
  'report-written',
  'scorecard-written',
  'update-mail-intended',
  'update-mailed',
]);

/** Whether an event that comes after the end makes the report owed again. */
export function isNewsToReaders({ type }: Pick<IncidentEvent, 'type'>): boolean {
  return !NO_NEWS.has(type);
}
