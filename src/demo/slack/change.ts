import type { Call, Failure, Sighting } from './interface.ts';

/** One thing that happened in the workspace, for a page that shows it live. */
export type Change =
  | { kind: 'installed'; appId: string }
  | { kind: 'message-posted'; message: Sighting }
  | { kind: 'message-edited'; message: Sighting }
  | { kind: 'message-deleted'; message: Sighting }
  | { kind: 'ephemeral-shown'; to: string; message: Sighting }
  | { kind: 'ephemeral-removed'; to: string; message: Sighting }
  | { kind: 'view-opened'; to: string; view: Sighting }
  | { kind: 'view-updated'; to: string; view: Sighting }
  | { kind: 'view-closed'; to: string; view: Sighting }
  | { kind: 'home-published'; to: string; view: Sighting }
  | { kind: 'channel-created'; channel: string; name: string }
  | { kind: 'channel-changed'; channel: string; name: string }
  | { kind: 'member-joined'; channel: string; user: string }
  | { kind: 'member-left'; channel: string; user: string }
  | { kind: 'reacted' | 'unreacted'; channel: string; ts: string; user: string; emoji: string }
  | { kind: 'pinned' | 'unpinned'; channel: string; ts: string; user: string }
  | { kind: 'person-acted'; user: string; channel: string; what: string }
  | { kind: 'person-told'; user: string; channel: string; text: string }
  | { kind: 'called'; call: Call }
  | { kind: 'failed'; failure: Failure };
