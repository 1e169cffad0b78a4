import { accept, isRefusal, refuse, refuseArguments, type Answer, type Refusal } from '../api/answer.ts';
import { textOf } from '../api/arguments.ts';
import { isMember, visibleChannel } from '../api/conversations.ts';
import type { MethodCall, MethodTable } from '../api/method.ts';
import type { Bookmark, Channel, Json } from '../state/model.ts';
import { seconds } from '../state/workspace.ts';

export const bookmarkMethods: MethodTable = {
  'bookmarks.add': { tier: 2, scopes: ['bookmarks:write'], required: ['channel_id', 'title', 'type'], json: true, run: add },
  'bookmarks.edit': { tier: 2, scopes: ['bookmarks:write'], required: ['channel_id', 'bookmark_id'], json: true, run: edit },
  'bookmarks.remove': { tier: 2, scopes: ['bookmarks:write'], required: ['channel_id', 'bookmark_id'], json: true, run: remove },
  'bookmarks.list': { tier: 3, scopes: ['bookmarks:read'], required: ['channel_id'], json: true, run: list },
};

/** The number of bookmarks is a figure of the help pages, the lengths are the reference's. */
const limits = { title: 256, link: 2048, bookmarks: 100 };

function add(call: MethodCall): Answer {
  const channel = bookmarkedChannel(call);
  if (isRefusal(channel)) return channel;
  if (textOf(call.args, 'type') !== 'link') return refuse('invalid_bookmark_type');
  const wrong = fieldRefusal(call, textOf(call.args, 'link'));
  if (wrong) return wrong;
  if (channel.bookmarks.length >= limits.bookmarks) return refuse('too_many_bookmarks');
  const bookmark: Bookmark = {
    id: call.workspace.ids.serial('Bk'),
    title: textOf(call.args, 'title'),
    link: textOf(call.args, 'link'),
    emoji: textOf(call.args, 'emoji'),
    createdAt: seconds(call.workspace),
    updatedAt: 0,
    by: call.app.botUserId,
  };
  channel.bookmarks.push(bookmark);
  call.workspace.tell({ kind: 'channel-changed', channel, by: call.app.botUserId });
  return accept({ bookmark: shape(call, channel, bookmark) });
}

function edit(call: MethodCall): Answer {
  const found = existing(call);
  if (isRefusal(found)) return found;
  const { channel, bookmark } = found;
  const link = textOf(call.args, 'link') || bookmark.link;
  const wrong = fieldRefusal(call, link);
  if (wrong) return wrong;
  bookmark.link = link;
  bookmark.title = textOf(call.args, 'title') || bookmark.title;
  bookmark.emoji = textOf(call.args, 'emoji') || bookmark.emoji;
  bookmark.updatedAt = seconds(call.workspace);
  call.workspace.tell({ kind: 'channel-changed', channel, by: call.app.botUserId });
  return accept({ bookmark: shape(call, channel, bookmark) });
}

function remove(call: MethodCall): Answer {
  const found = existing(call);
  if (isRefusal(found)) return found;
  found.channel.bookmarks = found.channel.bookmarks.filter((bookmark) => bookmark !== found.bookmark);
  call.workspace.tell({ kind: 'channel-changed', channel: found.channel, by: call.app.botUserId });
  return accept();
}

function list(call: MethodCall): Answer {
  const channel = bookmarkedChannel(call);
  if (isRefusal(channel)) return channel;
  return accept({ bookmarks: channel.bookmarks.map((bookmark) => shape(call, channel, bookmark)) });
}

function bookmarkedChannel(call: MethodCall): Channel | Refusal {
  const channel = visibleChannel(call, textOf(call.args, 'channel_id'));
  if (isRefusal(channel)) return channel;
  return isMember(call, channel) ? channel : refuse('access_denied');
}

function existing(call: MethodCall): { channel: Channel; bookmark: Bookmark } | Refusal {
  const channel = bookmarkedChannel(call);
  if (isRefusal(channel)) return channel;
  const bookmark = channel.bookmarks.find((candidate) => candidate.id === textOf(call.args, 'bookmark_id'));
  return bookmark ? { channel, bookmark } : refuse('not_found');
}

function fieldRefusal(call: MethodCall, link: string): Refusal | null {
  const tooLong = (['title', 'link'] as const).filter((name) => Array.from(textOf(call.args, name)).length > limits[name]);
  if (tooLong.length > 0) {
    return refuseArguments(tooLong.map((name) => `must be less than ${limits[name] + 1} characters [json-pointer:/${name}]`));
  }
  if (!/^https?:\/\//.test(link)) return refuse('invalid_link');
  const emoji = textOf(call.args, 'emoji');
  return emoji && !/^:[^:\s]+:$/.test(emoji) ? refuse('invalid_emoji') : null;
}

function shape(call: MethodCall, channel: Channel, bookmark: Bookmark): Json {
  return {
    id: bookmark.id,
    channel_id: channel.id,
    title: bookmark.title,
    link: bookmark.link,
    emoji: bookmark.emoji,
    icon_url: null,
    type: 'link',
    entity_id: null,
    date_created: bookmark.createdAt,
    date_updated: bookmark.updatedAt,
    rank: 'g',
    last_updated_by_user_id: bookmark.by,
    last_updated_by_team_id: call.workspace.team.id,
    shortcut_id: null,
    app_id: call.app.id,
  };
}
