import { messageShortcutPayload, shortcutPayload } from '../delivery/payloads.ts';
import type { MessageTarget } from './speaking.ts';
import type { Person, Receipt } from '../interface.ts';
import { directMessage } from '../state/channels.ts';
import type { Shortcut, User } from '../state/model.ts';
import { isStranger } from '../state/people.ts';
import { closeViews, stackOf } from '../state/views.ts';
import { acts, sent } from './acting.ts';
import { types } from './commands.ts';
import { appOf, mustBeActive, type PeopleDesk } from './desk.ts';
import { closesView, fills, submits } from './forms.ts';
import { findMessage, screenOf, visibleMessages } from './looking.ts';
import { clicks, selects } from './pressing.ts';
import { viewSight } from './sights.ts';
import { deletes, edits, joins, leaves, pins, reacts, says } from './speaking.ts';
import { sees } from './waiting.ts';

/** Gives somebody their verbs. */
export function createPerson(desk: PeopleDesk, user: User): Person {
  const { workspace } = desk;
  return {
    name: user.name,
    id: user.id,
    types: (commandLine, where) => types(desk, user, commandLine, where),
    says: async (text, where) => says(desk, user, text, where),
    clicks: (label, where) => clicks(desk, user, label, where),
    selects: (what, choice, where) => selects(desk, user, what, choice, where),
    fills: (values) => fills(desk, user, values),
    submits: (values) => submits(desk, user, values),
    closesView: (how) => closesView(desk, user, how),
    opensHome: async () => opensHome(desk, user),
    usesShortcut: (name) => usesShortcut(desk, user, name),
    usesMessageShortcut: (name, where) => usesMessageShortcut(desk, user, name, where),
    reacts: async (emoji, where) => reacts(desk, user, emoji, where),
    pins: async (where) => pins(desk, user, where),
    edits: async (newText, where) => edits(desk, user, newText, where),
    deletes: async (where) => deletes(desk, user, where),
    joins: async (channel) => joins(desk, user, channel),
    leaves: async (channel) => leaves(desk, user, channel),
    reloads: () => reloads(desk, user),
    sees: (pattern, where) => sees(desk, user, pattern, where),
    messages: (channel) => visibleMessages(workspace, user, channel).map((seen) => seen.sight),
    view() {
      const view = stackOf(workspace, user.id).at(-1);
      return view ? viewSight(workspace, view) : null;
    },
    screen: () => screenOf(desk, user),
    acts: (target, choice) => acts(desk, user, target, choice),
  };
}

function opensHome(desk: PeopleDesk, user: User): void {
  mustBeActive(user);
  const app = appOf(desk.workspace);
  if (!app.homeTab) throw new Error('The app has no home tab.');
  desk.atHome.add(user.id);
  const channel = directMessage(desk.workspace, [app.botUserId, user.id]);
  desk.workspace.tell({ kind: 'person-acted', user: user.id, channel: null, what: "opens the app's home" });
  desk.workspace.tell({ kind: 'home-opened', user: user.id, channel });
}

async function usesShortcut(desk: PeopleDesk, user: User, name: string): Promise<Receipt> {
  mustBeActive(user);
  const { workspace } = desk;
  const shortcut = shortcutNamed(desk, user, 'global', name);
  workspace.tell({ kind: 'person-acted', user: user.id, channel: null, what: `uses the shortcut "${shortcut.name}"` });
  const payload = shortcutPayload({ workspace, app: appOf(workspace), user }, shortcut.callbackId);
  return sent(desk, user, `shortcut ${shortcut.callbackId}`, { ...payload, trigger_id: desk.triggers.issue(user.id, null) });
}

async function usesMessageShortcut(desk: PeopleDesk, user: User, name: string, where: MessageTarget): Promise<Receipt> {
  mustBeActive(user);
  const { workspace } = desk;
  const shortcut = shortcutNamed(desk, user, 'message', name);
  const { channel, message } = findMessage(workspace, user, where.message, where.in);
  workspace.tell({ kind: 'person-acted', user: user.id, channel, what: `uses the message shortcut "${shortcut.name}"` });
  const payload = messageShortcutPayload({ workspace, app: appOf(workspace), user }, shortcut.callbackId, channel, message);
  const response = { response_url: desk.responseUrls.issue('app', { channel, user: user.id, message }) };
  const trigger = { trigger_id: desk.triggers.issue(user.id, null) };
  return sent(desk, user, `message_action ${shortcut.callbackId}`, { ...payload, ...response, ...trigger });
}

/** Shortcuts, like commands, are there only for the team that installed the app. */
function shortcutNamed(desk: PeopleDesk, user: User, kind: Shortcut['kind'], name: string): Shortcut {
  const offered = isStranger(user) ? [] : appOf(desk.workspace).shortcuts.filter((shortcut) => shortcut.kind === kind);
  const found = offered.find((shortcut) => shortcut.name === name || shortcut.callbackId === name);
  if (found) return found;
  const names = offered.map((shortcut) => `"${shortcut.name}"`).join(', ');
  throw new Error(`${user.name} has no ${kind} shortcut "${name}"; there are ${names || 'none'}.`);
}

function reloads(desk: PeopleDesk, user: User): void {
  const { workspace } = desk;
  desk.atHome.delete(user.id);
  for (const message of [...workspace.ephemerals].filter((candidate) => candidate.to === user.id)) workspace.ephemerals.delete(message);
  closeViews(workspace, user.id, stackOf(workspace, user.id));
}
