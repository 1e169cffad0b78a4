/** What somebody is to the workspace; it decides what Slack's user object says about them. */
export type PersonKind = 'member' | 'admin' | 'guest' | 'single-channel-guest' | 'deactivated' | 'bot' | 'stranger';

/** Somebody to put into the workspace. A stranger belongs to another team and is met only in channels shared with it. */
export interface PersonSeed {
  name: string;
  realName?: string;
  email?: string;
  title?: string;
  tz?: string;
  kind?: PersonKind;
}

/** A user group; `members` are names of people. */
export interface GroupSeed {
  handle: string;
  name?: string;
  members: readonly string[];
  disabled?: boolean;
}

/** A channel; `members` are names of people, and `app` says that the app joins it when it is installed. */
export interface ChannelSeed {
  name: string;
  kind?: 'public' | 'private' | 'shared';
  members: readonly string[];
  app?: boolean;
  archived?: boolean;
  readOnly?: boolean;
  topic?: string;
}

/** Everything a workspace starts with. */
export interface WorkspaceSeed {
  team?: { name: string; domain: string };
  people: readonly PersonSeed[];
  groups?: readonly GroupSeed[];
  channels: readonly ChannelSeed[];
}

/** The sandbox's own people, so that stories and the demo need no seed of their own. */
export const sandboxSeed: WorkspaceSeed = {
  team: { name: 'Sandbox', domain: 'sandbox' },
  people: [
    { name: 'dana', realName: 'Dana Lindqvist', title: 'Lead developer', kind: 'admin' },
    { name: 'omar', realName: 'Omar Haddad', title: 'DevOps engineer' },
    { name: 'mina', realName: 'Mina Okafor', title: 'Database admin' },
    { name: 'priya', realName: 'Priya Raman', title: 'Product owner' },
    { name: 'lee', realName: 'Lee Park', title: 'Developer' },
    { name: 'gus', realName: 'Gus Moreau', title: 'Contractor', kind: 'guest' },
    { name: 'eve', realName: 'Eve Novak', title: 'Vendor', kind: 'stranger' },
  ],
  groups: [
    { handle: 'lead-developer', members: ['dana'] },
    { handle: 'devops-engineer', members: ['omar'] },
    { handle: 'database-admin', members: ['mina'] },
    { handle: 'product-owner', members: ['priya'] },
  ],
  channels: [
    { name: 'general', members: ['dana', 'omar', 'mina', 'priya', 'lee'] },
    { name: 'ops', members: ['dana', 'omar', 'mina', 'priya', 'lee', 'gus'], app: true },
    { name: 'database', kind: 'private', members: ['dana', 'mina'] },
    { name: 'vendors', kind: 'shared', members: ['dana', 'omar', 'eve'] },
  ],
};
