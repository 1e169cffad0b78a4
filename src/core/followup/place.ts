import type { IncidentId, StreamId } from '../brand.ts';

/** Names the stream of what an incident leaves to be done. */
export function streamOf(incident: IncidentId): StreamId<'followup'> {
  return `followup/${incident}` as StreamId<'followup'>;
}
