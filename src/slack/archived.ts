import { ChannelInfo } from './answers.ts';
import type { Cache } from './cache.ts';
import type { Web } from './web.ts';

export type ArchivedParts = { readonly web: Web; readonly archived: Cache<ArchivedReading> };
export type ArchivedReading = { readonly status: 'read'; readonly archived: boolean } | { readonly status: 'unreadable' };

/** Errors by which Slack says that nothing can be written into a channel any more. */
const GONE = new Set(['channel_not_found', 'is_archived', 'not_in_channel']);

/** Whether nobody can write into a channel any more; where Slack does not say, it is taken to be as it was. */
export async function isArchived({ web, archived }: ArchivedParts, channel: string): Promise<boolean> {
  const reading = await archived.get(channel, async () => await read(web, channel), false);
  return reading.status === 'read' && reading.archived;
}

async function read(web: Web, channel: string): Promise<ArchivedReading> {
  const result = await web.call('conversations.info', { channel });
  if (result.status === 'refused' && GONE.has(result.error)) return { status: 'read', archived: true };
  const info = result.status === 'ok' ? ChannelInfo.safeParse(result.data) : null;
  return info?.success ? { status: 'read', archived: info.data.channel.is_archived ?? false } : { status: 'unreadable' };
}
