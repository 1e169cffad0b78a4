import { z } from 'zod';
import { HYPERDRIVE } from './account.ts';
import { CODES } from './codes.ts';
import type { Call, Serve } from './door.ts';
import { give, giveList, refuse } from './envelope.ts';
import type { Answer, Refusal } from './envelope.ts';

const Port = z.number().int().min(1).max(65_535);
const Origin = z.strictObject({
  host: z.string().min(1).optional(),
  port: Port.optional(),
  database: z.string().min(1).optional(),
  user: z.string().min(1).optional(),
  scheme: z.enum(['postgres', 'postgresql', 'mysql']).optional(),
  /** Taken and never shown. */
  password: z.string().min(1).optional(),
});
const Caching = z.strictObject({
  disabled: z.boolean().optional(),
  max_age: z.number().int().min(1).max(3600).optional(),
  stale_while_revalidate: z.number().int().min(0).max(3600).optional(),
});
const Change = z.strictObject({ name: z.string().min(1).optional(), origin: Origin.optional(), caching: Caching.optional() });

/** How the platform's database is reached through Cloudflare; answers of `SELECT` are kept for a while unless that is switched off. */
export type HyperdriveConfig = {
  readonly id: string;
  readonly name: string;
  readonly origin: Omit<z.infer<typeof Origin>, 'password'>;
  readonly caching: z.infer<typeof Caching>;
  readonly created_on: string;
  readonly modified_on: string;
};
export type Hyperdrives = Map<string, HyperdriveConfig>;

/** Sets the configuration back to what it was at first. */
export function rewindHyperdrives(configs: Hyperdrives, now: string): void {
  configs.clear();
  configs.set(HYPERDRIVE, {
    id: HYPERDRIVE,
    name: 'shop-database',
    origin: { scheme: 'postgres', host: 'database.shop.example', port: 5432, database: 'shop', user: 'shop' },
    caching: { disabled: false, max_age: 60, stale_while_revalidate: 15 },
    created_on: now,
    modified_on: now,
  });
}

/** Reading and changing the configuration, which no rollback of a Worker changes. */
export function serveHyperdrive(serve: Serve, { configs, now }: { configs: Hyperdrives; now: () => string }): void {
  const CONFIGS = '/accounts/:account/hyperdrive/configs';
  const on = (handle: (config: HyperdriveConfig, call: Call) => Answer | Refusal) => (call: Call) => {
    const config = configs.get(call.params.config ?? '');
    return config ? handle(config, call) : refuse(404, CODES.noSuchHyperdrive, 'There is no Hyperdrive configuration with this id.');
  };
  serve('GET', CONFIGS, () => giveList([...configs.values()]));
  serve(
    'GET',
    `${CONFIGS}/:config`,
    on((config) => give(config)),
  );
  serve(
    'PATCH',
    `${CONFIGS}/:config`,
    on((config, { body }) => {
      const change = Change.safeParse(body);
      if (!change.success) return refuse(400, CODES.badHyperdrive, `The configuration can't be read: ${z.prettifyError(change.error)}`);
      const { name, origin, caching } = change.data;
      if (!name && !origin && !caching) return refuse(400, CODES.badHyperdrive, 'Name something that is to be changed.');
      const { password: _password, ...shown } = origin ?? {};
      const changed = {
        ...config,
        name: name ?? config.name,
        origin: { ...config.origin, ...shown },
        caching: { ...config.caching, ...caching },
        modified_on: now(),
      };
      configs.set(config.id, changed);
      return give(changed);
    }),
  );
}
