import { STATUS_CODES } from 'node:http';
import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { parseJson } from '../core/answer-json.ts';
import { sayDuration } from '../core/duration.ts';
import type { Json } from '../core/digest.ts';
import type { Clock } from '../core/ports.ts';

/** One question to what has numbers. */
export type Asked = { readonly url: URL; readonly headers: Readonly<Record<string, string>> };
export type AskParts = { readonly clock: Clock; readonly signal: AbortSignal };

/** Leaves the reading of a metric at once, with a sentence that says why there is no number. */
export class NoReading extends Error {}

const WITHIN_MS = 10_000;
const MOST_BYTES = 1024 * 1024;
const HEADERS = { 'user-agent': 'rollbot', accept: 'application/json' };
const BAD_URL = 'Its address is no http or https URL without a user or password in it: correct it in rollbot.yml.';

/** The answer to one GET, as JSON with its status: no proxy of the environment, no redirect, no second try, and an end to all of it. */
export async function askJson(
  { url, headers }: Asked,
  { clock, signal }: AskParts,
): Promise<{ readonly status: number; readonly json: Json }> {
  const late = new AbortController();
  const cancel = clock.after(WITHIN_MS, () => late.abort());
  const agent = new Agent({ connect: { timeout: WITHIN_MS }, allowH2: false, headersTimeout: 0, bodyTimeout: 0 });
  const name = `${url.origin}${url.pathname}`;
  try {
    const own = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]));
    const answer = await request(url, {
      headers: { ...HEADERS, ...own },
      dispatcher: agent,
      signal: AbortSignal.any([signal, late.signal]),
    });
    return { status: answer.statusCode, json: parse(await readBody(answer, name), answer.statusCode, name) };
  } catch (error) {
    if (error instanceof NoReading) throw error;
    if (late.signal.aborted) throw new NoReading(`${name} has not answered in ${sayDuration(WITHIN_MS)}.`, { cause: error });
    if (signal.aborted) throw new NoReading('It was not waited for, because Rollbot was busy with something else.', { cause: error });
    throw new NoReading(`${name} can't be read: ${reasonIn(error)}.`, { cause: error });
  } finally {
    cancel();
    void agent.destroy().catch(() => undefined);
  }
}

/** An address with what is asked of it; without a user or password, which would stand in messages. */
export function addressOf(text: string, path = '', query: Readonly<Record<string, string>> = {}): URL {
  const url = URL.parse(path === '' ? text : `${text.replace(/\/+$/, '')}/${path}`);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') throw new NoReading(BAD_URL);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

/** What an answer is, where it is not what was asked for. */
export function sayStatus(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}

async function readBody({ body }: Dispatcher.ResponseData, name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new NoReading(`The answer of ${name} is larger than 1 MiB, which is too much to be read.`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function parse(text: string, status: number, name: string): Json {
  const json = parseJson(text);
  if (json === undefined) throw new NoReading(`${name} answered ${sayStatus(status)}, and not with JSON that can be read.`);
  return json;
}

function reasonIn(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonIn).join('; ');
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}
