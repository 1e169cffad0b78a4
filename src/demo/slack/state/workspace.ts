import type { SlackClock } from '../clock.ts';
import type { Happening } from './happening.ts';
import type { Ids } from './ids.ts';
import type { App, Channel, Group, Message, StoredFile, Team, User, View } from './model.ts';

/** All that a workspace knows. */
export interface Workspace {
  readonly team: Team;
  /** The connected team that strangers belong to. */
  readonly otherTeam: Team;
  readonly clock: SlackClock;
  readonly ids: Ids;
  readonly users: Map<string, User>;
  readonly groups: Map<string, Group>;
  readonly channels: Map<string, Channel>;
  readonly ephemerals: Set<Message>;
  readonly files: Map<string, StoredFile>;
  /** Open modals of each person, the visible one last. */
  readonly stacks: Map<string, View[]>;
  readonly homes: Map<string, View>;
  /** What people have put into the elements of messages, by person, channel and ts. */
  readonly messageInputs: Map<string, View['inputs']>;
  app: App | null;
  /** Channels that the app joins when it is installed. */
  readonly appChannels: Set<string>;
  paid: boolean;
  tell(happening: Happening): void;
  listen(listener: (happening: Happening) => void): () => void;
}

/** The clock's time as Slack writes it in most objects: whole seconds. */
export function seconds(workspace: Workspace): number {
  return Math.floor(workspace.clock.now() / 1000);
}
