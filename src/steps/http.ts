import { STATUS_CODES } from 'node:http';
import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { resolvePointer } from '../core/pointer.ts';
import type { HttpAction } from '../core/procedure/action.ts';
import { parseJson } from '../core/answer-json.ts';
import type { DeedContext } from './context.ts';
import { codeIn, failed, reasonIn, unknown } from './deed.ts';
import type { Deed, Done } from './deed.ts';

type Body = { readonly text: string; readonly isCut: boolean; readonly lost: string | null };

const MOST_BYTES = 1024 * 1024;
const CONNECT_MS = 10_000;
/** What a server says that did not begin: anything else from 500 on may come after the deed, or from a gateway that does not know. */
const NOT_BEGUN_STATUSES = [501, 505, 511];
const HEADERS = { 'user-agent': 'rollbot', accept: 'application/json, */*' };

/** Sends one request, directly: no proxy of the environment, no redirect, no second try. */
export async function http(action: HttpAction<string>, context: DeedContext): Promise<Deed> {
  const url = URL.parse(action.url);
  if (!url || !/^https?:$/.test(url.protocol))
    return failed(`"${action.url}" is no http or https URL: correct the procedure or the target.`);
  if (url.username !== '' || url.password !== '') return failed('A URL with a user or password in it is not used: send them in a header.');
  const agent = new Agent({ connect: { timeout: CONNECT_MS }, allowH2: false, headersTimeout: 0, bodyTimeout: 0 });
  let connected = false;
  agent.on('connect', () => (connected = true));
  const name = `${action.method} ${url.origin}${url.pathname}`;
  try {
    const asked = request(url, { ...contentOf(action), method: action.method, dispatcher: agent, signal: context.deadline.signal });
    const answered = await context.deadline.within(asked);
    if (!answered) return lostDeed(action, { name, connected, why: 'it was ended' }, context);
    const answer = answered.value;
    context.output.say(`${name}: ${sayStatus(answer.statusCode)}`);
    return deedOf(action, { name, status: answer.statusCode, type: typeOf(answer), body: await readBody(answer, context) }, context);
  } catch (error) {
    return lostDeed(action, { name, connected, why: sayWhy(error) }, context);
  } finally {
    // Not waited for: whoever is still connecting keeps it busy for a while.
    void agent.destroy().catch(() => undefined);
  }
}

function contentOf({ headers, json }: HttpAction<string>): { headers: Record<string, string>; body?: string } {
  const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  if (json === undefined) return { headers: { ...HEADERS, ...given } };
  return { headers: { ...HEADERS, 'content-type': 'application/json', ...given }, body: JSON.stringify(json) };
}

function typeOf({ headers }: Dispatcher.ResponseData): string {
  return String(headers['content-type'] ?? '');
}

async function readBody({ body }: Dispatcher.ResponseData, { output }: DeedContext): Promise<Body> {
  const shown = output.stream();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let lost: string | null = null;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      shown.write(chunk);
      bytes += chunk.length;
      if (bytes > MOST_BYTES) break;
      chunks.push(chunk);
    }
  } catch (error) {
    lost = sayWhy(error);
  }
  shown.end();
  return { text: new TextDecoder().decode(Buffer.concat(chunks)), isCut: bytes > MOST_BYTES, lost };
}

type Answer = { readonly name: string; readonly status: number; readonly type: string; readonly body: Body };

function deedOf(action: HttpAction<string>, answer: Answer, context: DeedContext): Deed {
  const { name, status, body } = answer;
  const says = `${name} answered ${sayStatus(status)}`;
  const isGood = action.status ? action.status.includes(status) : status >= 200 && status <= 299;
  if (isGood && body.lost !== null) return lostDeed(action, { name, connected: true, why: body.lost }, context);
  if (isGood) return { status: 'done', says: `${says}.`, ...contentsOf(action, answer) };
  const line = body.text.split('\n').find((each) => each.trim() !== '');
  const because = line === undefined ? '.' : `: ${line.trim()}`;
  if (status >= 500 && !NOT_BEGUN_STATUSES.includes(status) && !isRead(action, context)) {
    return unknown('unclear', `${says}, which leaves open whether it happened${because}`);
  }
  return failed(says + because);
}

function contentsOf({ method, pointer }: HttpAction<string>, { type, body }: Answer): Omit<Done, 'status' | 'says'> {
  if (body.isCut) return { unreadable: 'The answer is larger than 1 MiB, which is too much to be read.' };
  if (method === 'HEAD' || body.text === '') return pointer === undefined ? {} : { unreadable: 'The answer is empty.' };
  if (pointer === undefined && !/[/+]json\b/i.test(type)) return { value: body.text.trim(), text: body.text };
  const json = parseJson(body.text);
  if (json === undefined) return { unreadable: 'The answer is not JSON that can be read.' };
  const value = pointer === undefined ? json : resolvePointer(json, pointer);
  return value === undefined ? { json, unreadable: `There is nothing at ${pointer} in the answer.` } : { json, value, text: body.text };
}

/** There is no answer. What was only asked for may be asked for again; whether anything else happened is not known. */
function lostDeed(action: HttpAction<string>, lost: { name: string; connected: boolean; why: string }, context: DeedContext): Deed {
  const { signal } = context.deadline;
  if (signal.aborted && signal.reason !== 'timeout') return context.deadline.deed();
  const why = signal.aborted ? 'there was no answer in time' : lost.why;
  if (!lost.connected) return failed(`${lost.name} was not sent, so nothing was done: ${why}.`);
  if (isRead(action, context)) return failed(`${lost.name} was not answered: ${why}.`);
  return unknown('connection-lost', `${lost.name} was sent and not answered, so nobody knows whether it happened: ${why}.`);
}

function isRead({ method }: HttpAction<string>, { effect }: DeedContext): boolean {
  return (method === 'GET' || method === 'HEAD') && effect === 'read';
}

function sayStatus(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}

function sayWhy(error: unknown): string {
  const code = codeIn(error);
  return code !== undefined && !code.startsWith('UND_') ? `${reasonIn(error)} (${code})` : reasonIn(error);
}
