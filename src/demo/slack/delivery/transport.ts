import type { Json } from '../state/model.ts';

/** Something on its way to the app. The envelope_id is new for each delivery unless it is given. */
export interface Parcel {
  type: 'slash_commands' | 'interactive' | 'events_api';
  payload: Json;
  envelopeId?: string;
  retry?: { attempt: number; reason: string };
}

/** What came back. A body is what the app put into its acknowledgement: JSON, or text for HTTP. */
export type Acknowledgement = { kind: 'acked'; body: unknown } | Undelivered;

/** Why something did not arrive, in a sentence and in Slack's word for a retry. */
export interface Undelivered {
  kind: 'not-connected' | 'missed-ack' | 'bad-status';
  detail: string;
  reason: 'timeout' | 'http_timeout' | 'http_error' | 'connection_failed';
  /** It was sent, and then the connection closed. */
  cut?: boolean;
  /** The app asked not to be sent this again. */
  noRetry?: boolean;
}

/** A way to reach the app. */
export interface Transport {
  deliver(parcel: Parcel): Promise<Acknowledgement>;
}
