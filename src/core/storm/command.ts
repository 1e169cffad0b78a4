import type { StormLimits } from '../alert/event.ts';
import type { StreamId } from '../brand.ts';

/** What groups of alerts say of themselves to the one stream of all of them. */
export type StormCommand =
  | { kind: 'count-group'; stream: StreamId<'alert'>; alerts: number; limits: StormLimits }
  | { kind: 'count-alerts'; storm: number; alerts: number }
  | { kind: 'count-resolved'; storm: number }
  | { kind: 'count-returned'; storm: number }
  | { kind: 'note-quarantine'; source: string; says: string; kept: number }
  /** Its time has come: it may be over. */
  | { kind: 'settle' };
