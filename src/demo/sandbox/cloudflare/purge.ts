import { z } from 'zod';
import type { Clock } from '../../../core/ports.ts';
import { ZONE } from './account.ts';
import { CODES } from './codes.ts';
import type { Serve } from './door.ts';
import { give, refuse } from './envelope.ts';
import type { Refusal } from './envelope.ts';
import type { Forget, Site } from './site.ts';

const MOST_AT_ONCE = 100;
/** The limits of the Pro plan: so many requests at once, and so many more each second. */
const BUCKET = { size: 25, perSecond: 5 } as const;

const List = z.array(z.string().min(1)).min(1);
const File = z.union([z.string(), z.looseObject({ url: z.string() })]).transform((file) => (typeof file === 'string' ? file : file.url));
const Order = z.strictObject({
  purge_everything: z.literal(true).optional(),
  files: z.array(File).min(1).optional(),
  tags: List.optional(),
  hosts: List.optional(),
  prefixes: List.optional(),
});
type Order = z.infer<typeof Order>;

/** Forgets what the zone's cache has kept: all of it, or what is named. What is forgotten can't be remembered again. */
export function servePurge(serve: Serve, { site, clock }: { site: Site; clock: Clock }): void {
  const bucket = createBucket(clock);
  serve('POST', '/zones/:zone/purge_cache', ({ body }) => {
    const order = Order.safeParse(body);
    const ways = order.success ? Object.values(order.data).filter((way) => way !== undefined) : [];
    if (!order.success || ways.length !== 1)
      return refuse(400, CODES.purgeNeedsOne, 'Request must contain one of "purge_everything", "files", "tags", "hosts" or "prefixes"');
    if (ways.some((way) => Array.isArray(way) && way.length > MOST_AT_ONCE))
      return refuse(400, CODES.purgeTooMany, `You may only purge up to ${MOST_AT_ONCE} of these per API call.`);
    const elsewhere = refuseElsewhere(order.data);
    if (elsewhere) return elsewhere;
    if (!bucket.take()) {
      const says = 'Unable to purge, rate limit reached. Please wait and consider throttling your request speed';
      return refuse(429, CODES.purgeRateLimited, says);
    }
    site.purge(forgetBy(order.data));
    return give({ id: ZONE.id });
  });
}

function forgetBy({ files, tags, hosts, prefixes }: Order): Forget {
  return ({ host, path, tags: own }) => {
    if (files) return files.some((file) => URL.canParse(file) && new URL(file).host === host && new URL(file).pathname === path);
    if (tags) return tags.some((tag) => own.includes(tag));
    if (hosts) return hosts.includes(host);
    return prefixes ? prefixes.some((prefix) => `${host}${path}`.startsWith(prefix)) : true;
  };
}

function refuseElsewhere({ files = [], hosts = [], prefixes = [] }: Order): Refusal | null {
  const named = [
    ...files.map((file) => [file, URL.canParse(file) ? new URL(file).host : ''] as const),
    ...hosts.map((host) => [host, host] as const),
    ...prefixes.map((prefix) => [prefix, prefix.split('/')[0] ?? ''] as const),
  ];
  const other = named.find(([, host]) => host !== ZONE.name && !host.endsWith(`.${ZONE.name}`));
  return other ? refuse(400, CODES.purgeElsewhere, `Unable to purge ${other[0]}, which is an invalid URL or is not in this zone.`) : null;
}

function createBucket(clock: Clock) {
  let left: number = BUCKET.size;
  let at = clock.monotonicMs();
  return {
    take(): boolean {
      const now = clock.monotonicMs();
      left = Math.min(BUCKET.size, left + ((now - at) / 1000) * BUCKET.perSecond);
      at = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
