import type { Notice } from './alert.ts';

/** How what came from a monitoring system lies in the inbox until it has become events. */
export const ALERT_ROW = 'alert';
/** How what could not be read lies there: for people to look at, and bounded. */
export const QUARANTINE_ROW = 'alert-quarantine';

/** Something that came from a source with the right secret, and that nobody could read. */
export type Unread = { readonly source: string; readonly says: string; readonly text: string };

/** Where deliveries go before they are answered. */
export type AlertInbox = {
  /** Answers once it is on disk; `full` where so much waits already that the source has to try again later. */
  take(notices: readonly Notice[], bytes: number): Promise<'taken' | 'full'>;
  quarantine(unread: Unread): Promise<void>;
};
