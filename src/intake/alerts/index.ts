import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AlertInbox } from '../../core/alert/inbox.ts';
import type { AlertSettings, SourceSettings } from '../../core/alert/schema.ts';
import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import type { Clock, Log } from '../../core/ports.ts';
import { noticesOf } from './notices.ts';
import type { Delivery } from './source.ts';
import { readStrictJson } from './strict-json.ts';
import { SOURCES } from './table.ts';

export type AlertIntakeParts = {
  readonly alerts: AlertInbox;
  /** What `rollbot.yml` says of alerts at this moment. */
  readonly alertSettings: () => AlertSettings | undefined;
  /** Rejects with a sentence where it can't be read. */
  readonly alertSecret: (source: string) => Promise<string>;
  readonly clock: Clock;
};
type Parts = AlertIntakeParts & { readonly log: Log };

type Answer = { readonly status: 202 | 401 | 404 | 413 | 422 | 500 | 503; readonly says: string };

const MOST_BYTES = 1024 * 1024;
/** More than this at once wait for their turn at the source, which knows how to. */
const MOST_AT_ONCE = 64;
const RETRY_AFTER_S = 5;
const LATER: Answer = { status: 503, says: 'Too much comes in at once. Send it again in a few seconds.' };

/** What monitoring systems send: `POST /alerts/<source>`. A source that hears a 2xx need not send it again. */
export function addAlerts(server: FastifyInstance, parts: Parts): void {
  let inside = 0;
  void server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, parsed) => parsed(null, body));
    scope.setErrorHandler(async (error: { statusCode?: number }, _request, reply) => await answer(reply, answerTo(error, parts.log)));
    // Before the body is read, so that what waits takes no memory, and strangers no place.
    scope.addHook('onRequest', async (request, reply) => {
      const sender = await senderOf(parts, request);
      if ('status' in sender) return await answer(reply, sender);
      // Whoever hung up while the secret was read has taken no place, and would never give it back.
      if (inside >= MOST_AT_ONCE || reply.raw.closed) return await answer(reply, LATER);
      inside += 1;
      reply.raw.once('close', () => (inside -= 1));
      return undefined;
    });
    scope.post('/alerts/:source', async (request, reply) => await answer(reply, await take(parts, request)));
    done();
  });
}

/** Takes a delivery that somebody has saved, from a person who may feed it in: what it says counts, and not how it proves itself. */
export async function takeSaved(
  parts: Pick<Parts, 'alerts' | 'alertSettings' | 'clock'>,
  name: string,
  body: string,
): Promise<{ readonly taken: boolean; readonly says: string }> {
  const source = sourceNamed(parts.alertSettings(), name);
  if (!source) return { taken: false, says: noSource(name, parts.alertSettings()) };
  const { status, says } = await keep(parts, name, source, { headers: {}, body: Buffer.from(body) });
  return { taken: status === 202, says };
}

function sourceNamed(settings: AlertSettings | undefined, name: string): SourceSettings | undefined {
  return settings && Object.hasOwn(settings.sources, name) ? settings.sources[name] : undefined;
}

async function take(parts: Parts, request: FastifyRequest): Promise<Answer> {
  const sender = await senderOf(parts, request);
  if ('status' in sender) return sender;
  const { name, source, secret } = sender;
  const { headers, body } = request;
  const delivery = { headers, body: body instanceof Uint8Array ? body : new Uint8Array() };
  if (!SOURCES[source.kind].isFrom(delivery, secret, source, parts.clock.now())) return strange(parts, name, source);
  return await keep(parts, name, source, delivery);
}

type Sender = { readonly name: string; readonly source: SourceSettings; readonly secret: string };

/** Whose request it may be, as far as its path and headers tell; else what to answer. */
async function senderOf(parts: Parts, { params, headers }: FastifyRequest): Promise<Sender | Answer> {
  const { source: name } = params as { readonly source: string };
  const settings = parts.alertSettings();
  const source = sourceNamed(settings, name);
  if (!source) return { status: 404, says: noSource(name, settings) };
  const secret = await parts.alertSecret(name).catch((error: unknown) => {
    parts.log.error({ source: name, error }, 'the secret of a source of alerts can not be read');
    return null;
  });
  if (secret === null) return { status: 503, says: 'The secret of this source can not be read here. Send it again later.' };
  return SOURCES[source.kind].mayBeFrom(headers, secret, source) ? { name, source, secret } : strange(parts, name, source);
}

function strange({ log }: Pick<Parts, 'log'>, name: string, { kind }: SourceSettings): Answer {
  log.warn({ source: name }, 'something came that does not have the secret of this source');
  return { status: 401, says: `This does not have the secret of ${name}. ${SOURCES[kind].asks}` };
}

/** What came from whom it says: on disk as what it means, or as what it is where nobody understands it. */
async function keep(
  { alerts, clock }: Pick<Parts, 'alerts' | 'clock'>,
  name: string,
  source: SourceSettings,
  { body }: Delivery,
): Promise<Answer> {
  const parsed = readStrictJson(body);
  const read = 'says' in parsed ? parsed : SOURCES[source.kind].read(parsed.json);
  const taken = 'says' in read ? read : noticesOf(read.said, name, source, clock.now());
  if ('says' in taken) {
    await alerts.quarantine({ source: name, says: taken.says, text: Buffer.from(body).toString('utf8') });
    return { status: 422, says: taken.says };
  }
  const kept = await alerts.take(taken.notices, body.byteLength);
  return kept === 'full' ? LATER : { status: 202, says: 'It is taken in.' };
}

function noSource(name: string, settings: AlertSettings | undefined): string {
  const names = Object.keys(settings?.sources ?? {});
  const known = names.length === 0 ? 'rollbot.yml names none: add alerts: { sources: … }.' : `There is ${sayList(names, 'and')}.`;
  return `There is no source of alerts "${name.slice(0, 60)}".${didYouMean(name, names)} ${known}`;
}

/** What could not be written down is not taken, and the source sends it again. */
function answerTo(error: { readonly statusCode?: number }, log: Log): Answer {
  if (error.statusCode === 413)
    return { status: 413, says: 'The body is larger than 1 MiB. Let the source send fewer alerts at once (max_alerts).' };
  log.error({ error }, 'alerts could not be taken in');
  return { status: 503, says: 'It could not be written down. Send it again in a few seconds.' };
}

async function answer(reply: FastifyReply, { status, says }: Answer): Promise<FastifyReply> {
  if (status === 503) reply.header('retry-after', String(RETRY_AFTER_S));
  return await reply.code(status).send(status === 202 ? { taken: true } : { says });
}
