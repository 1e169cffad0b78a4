import type { IncidentEvent } from '../incident/event.ts';
import { RECORD_EVENTS } from '../incident/record-event.ts';

/**
 * Which template reports are written by. Whatever changes what a report says of a journal that is there already is a new one: a
 * report that was written by an older template comes out of its journal as it was, to the byte.
 */
export const TEMPLATE = 3;

/** A report, what stands beside it, and by which template it was written. */
export type Template = 1 | 2 | typeof TEMPLATE;

const EARLIER: readonly Template[] = [1, 2];
const TOLD: ReadonlySet<IncidentEvent['type']> = new Set(['report-written', 'follow-ups-noted']);

/** The template by which a journal's report was written last; the newest where something was said since, or it never was. */
export function templateOf(events: readonly IncidentEvent[]): Template {
  const last = events.findLast(({ type }) => TOLD.has(type) || Object.hasOwn(RECORD_EVENTS, type));
  if (last?.type !== 'report-written') return TEMPLATE;
  return EARLIER.find((each) => each === (last.template ?? 1)) ?? TEMPLATE;
}
