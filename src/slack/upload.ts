import { fetch } from 'undici';
import type { StreamId } from '../core/brand.ts';
import { sha256 } from '../core/digest.ts';
import { SharedFiles, UploadPlace } from './answers.ts';
import type { MessageRow } from '../core/ports.ts';
import { lookUp } from './lookup.ts';
import { DONE, outcomeOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { sinceOf } from './poster.ts';
import type { PosterParts } from './poster.ts';

/** A text or a picture that goes into a channel or thread as a file. */
export type Parcel = {
  readonly stream: StreamId<string>;
  readonly key: string;
  readonly channel: string;
  readonly thread: string | null;
  /** Unique within the channel: a lost upload is looked for by it. */
  readonly name: string;
  readonly title: string;
  readonly content: string | Buffer;
};

const TIMEOUT_MS = 30_000;

/** Shares a file once. Only the last of Slack's three steps shows anything to anybody, so only that one is looked for when it is lost. */
export async function upload(parts: Pick<PosterParts, 'store' | 'web' | 'clock'>, parcel: Parcel): Promise<Outcome> {
  const { store, web } = parts;
  const { stream, key, channel, thread, name, title, content } = parcel;
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const row = { channel, ts: null, digest: sha256(bytes.toString('base64')) } as const;
  const before = await store.message(stream, key);
  const since = before?.status === 'posting' ? sinceOf(before) : null;
  if (since !== null) {
    const isIt = ({ files }: { files?: readonly { name?: string | null | undefined }[] | null | undefined }): boolean =>
      files?.some((file) => file.name === name) ?? false;
    const found = await lookUp(web, { channel, thread, sinceMs: since, matches: isIt });
    if (found.status === 'later') return found;
    if (found.status === 'found') {
      await store.saveMessage(stream, key, { ...row, status: 'posted', ts: found.ts, extra: null });
      return DONE;
    }
  }
  const file = await handOver(parts, name, bytes);
  if ('status' in file) return file;
  await store.saveMessage(stream, key, { ...row, status: 'posting', extra: { since: parts.clock.now() } });
  const shared = await web.call('files.completeUploadExternal', {
    files: [{ id: file.id, title }],
    channel_id: channel,
    ...(thread !== null && { thread_ts: thread }),
  });
  if (shared.status !== 'ok') {
    if (shared.status !== 'lost') await store.saveMessage(stream, key, { ...row, status: 'posting', extra: null });
    return outcomeOf(shared);
  }
  const { permalink } = SharedFiles.parse(shared.data).files?.[0] ?? {};
  await store.saveMessage(stream, key, { ...row, status: 'posted', extra: permalink === undefined ? null : { permalink } });
  return DONE;
}

/** Where a file that was shared can be opened; null where Slack has not said. */
export function permalinkIn({ extra }: Pick<MessageRow, 'extra'>): string | null {
  return typeof extra === 'object' && extra !== null && 'permalink' in extra && typeof extra.permalink === 'string'
    ? extra.permalink
    : null;
}

/** The two steps before: ask for a place, and put the bytes there. */
async function handOver(
  { web }: Pick<PosterParts, 'web'>,
  name: string,
  bytes: Buffer,
): Promise<{ readonly id: string } | Exclude<Outcome, { status: 'done' }>> {
  const place = await web.call('files.getUploadURLExternal', { filename: name, length: bytes.length });
  if (place.status !== 'ok') return outcomeOf(place);
  const { upload_url: url, file_id: id } = UploadPlace.parse(place.data);
  try {
    const answer = await fetch(url, { method: 'POST', body: bytes, signal: AbortSignal.timeout(TIMEOUT_MS) });
    await answer.body?.cancel();
    return answer.ok ? { id } : { status: 'later', afterMs: null, says: `the upload was answered with HTTP ${answer.status}` };
  } catch (error) {
    return { status: 'later', afterMs: null, says: `the upload failed (${error instanceof Error ? error.message : String(error)})` };
  }
}
