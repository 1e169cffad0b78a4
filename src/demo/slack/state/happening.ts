import type { Call, Failure } from '../interface.ts';
import type { App, Channel, Message, View } from './model.ts';

/** One thing that happened, in the workspace's own objects. Events to the app, the transcript and the live page are all computed from these. */
export type Happening =
  | { kind: 'installed'; app: App }
  | { kind: 'posted'; channel: Channel; message: Message }
  | { kind: 'edited'; channel: Channel; message: Message; before: Message }
  | { kind: 'deleted'; channel: Channel; message: Message }
  | { kind: 'ephemeral-shown'; channel: Channel; message: Message }
  | { kind: 'ephemeral-removed'; channel: Channel; message: Message }
  | { kind: 'view-opened' | 'view-updated' | 'view-closed'; view: View }
  | { kind: 'home-published'; view: View }
  | { kind: 'home-opened'; user: string; channel: Channel }
  | { kind: 'channel-created' | 'channel-archived' | 'channel-unarchived' | 'channel-renamed'; channel: Channel; by: string }
  | { kind: 'channel-changed'; channel: Channel; by: string }
  | { kind: 'member-joined'; channel: Channel; user: string; inviter: string | null }
  | { kind: 'member-left'; channel: Channel; user: string }
  | { kind: 'reacted' | 'unreacted'; channel: Channel; message: Message; user: string; emoji: string }
  | { kind: 'pinned' | 'unpinned'; channel: Channel; message: Message; user: string }
  | { kind: 'file-shared'; channel: Channel; file: string; user: string }
  | { kind: 'person-acted'; user: string; channel: Channel | null; what: string }
  | { kind: 'person-told'; user: string; channel: Channel | null; text: string }
  | { kind: 'called'; call: Call }
  | { kind: 'failed'; failure: Failure };
