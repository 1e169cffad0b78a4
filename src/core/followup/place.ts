import type { IncidentId, StreamId } from '../brand.ts';

/** Names the stream of what an incident leaves to be done. */
export function streamOf(incident: IncidentId): StreamId<'followup'> {
  return `followup/${incident}` as StreamId<'followup'>;
}

/** The stream of the incident that has left these. */
export function incidentOf(list: StreamId<'followup'>): StreamId {
  return `incident/${list.slice('followup/'.length)}` as StreamId;
}
