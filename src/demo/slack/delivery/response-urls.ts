import { isRefusal } from '../api/answer.ts';
import { flagOf, textOf, type Arguments } from '../api/arguments.ts';
import { contentOf, type Content } from '../api/content.ts';
import { edit, messageAt, post, remove, showEphemeral } from '../state/messages.ts';
import type { App, Channel, Message } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';

/** Slack's three families of response addresses. */
type ResponseUrlKind = 'commands' | 'actions' | 'app';

/** Where an answer goes: the conversation, the person who did something, and the message it was done to. */
interface ResponsePlace {
  channel: Channel;
  user: string;
  message: Message | null;
}

export interface ResponseUrls {
  issue(kind: ResponseUrlKind, place: ResponsePlace): string;
  /** Uses an address once; the answer is plain text, without any detail. */
  use(path: string, args: Arguments | null): { status: number; body: string };
}

const uses = 5;
const lifetimeMs = 30 * 60_000;

export function createResponseUrls(workspace: Workspace, origin: () => string): ResponseUrls {
  const issued = new Map<string, ResponsePlace & { until: number; left: number }>();
  return {
    issue(kind, place) {
      const path = `/${kind}/${workspace.team.id}/${1_000_000 + workspace.ids.below(9_000_000)}/${workspace.ids.hex(24)}`;
      issued.set(path, { ...place, until: workspace.clock.now() + lifetimeMs, left: uses });
      return origin() + path;
    },
    use(path, args) {
      const place = issued.get(path);
      if (!place || !workspace.app) return { status: 404, body: 'no_service' };
      if (workspace.clock.now() > place.until) return { status: 404, body: 'expired_url' };
      if (place.left === 0) return { status: 404, body: 'used_url' };
      if (!args) return { status: 400, body: 'invalid_payload' };
      if (place.channel.archived) return { status: 410, body: 'channel_is_archived' };
      const error = respond(workspace, workspace.app, place, args);
      if (error) return { status: 400, body: error };
      place.left -= 1;
      return { status: 200, body: 'ok' };
    },
  };
}

/** Says what the app answers with; it may do so also where it is not a member. */
function respond(workspace: Workspace, app: App, place: ResponsePlace, args: Arguments): string | null {
  const original = originalOf(workspace, place);
  if (flagOf(args, 'delete_original')) {
    if (original) remove(workspace, place.channel, original);
    if (!args.text && !args.blocks) return null;
  }
  const content = contentOf(args);
  if (isRefusal(content)) return content.error;
  if (flagOf(args, 'replace_original') && original) {
    edit(workspace, place.channel, original, { text: content.text ?? '', blocks: content.blocks }, app.botUserId);
    return null;
  }
  say(workspace, app, place, args, content);
  return null;
}

function say(workspace: Workspace, app: App, place: ResponsePlace, args: Arguments, content: Content): void {
  const draft = {
    user: app.botUserId,
    byApp: true,
    text: content.text ?? '',
    blocks: content.blocks,
    attachments: content.attachments ?? [],
    metadata: content.metadata,
    threadTs: textOf(args, 'thread_ts') || null,
  };
  if (args.response_type === 'in_channel') post(workspace, place.channel, draft);
  else showEphemeral(workspace, place.channel, place.user, draft);
}

/** The message the address belongs to, while it is still there. A slash command has none. */
function originalOf(workspace: Workspace, place: ResponsePlace): Message | null {
  const { message, channel } = place;
  if (!message) return null;
  return workspace.ephemerals.has(message) ? message : (messageAt(channel, message.ts) ?? null);
}
