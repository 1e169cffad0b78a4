import { App } from '@slack/bolt';
import type { Clock, Log } from '../core/ports.ts';
import type { Door } from './door.ts';
import type { Entry } from './entries/entry.ts';
import { registerEntries } from './entries/register.ts';
import type { Identity } from './identity.ts';
import type { Way } from './receivers/receiver.ts';
import { sdkLogger } from './sdk-logger.ts';

export type BoltParts = {
  readonly botToken: string;
  readonly apiUrl?: string | undefined;
  readonly identity: Identity;
  readonly way: Way;
  readonly entries: readonly Entry[];
  readonly door: Door;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * Bolt with our entries and nothing else. Its own client keeps the SDK's settings and is never posted through: it repeats calls
 * whose answers were lost.
 */
export function createBolt({ botToken, apiUrl, identity, way, entries, door, clock, log }: BoltParts): App {
  const authorization = { botToken, botId: identity.bot, botUserId: identity.botUser };
  const app = new App({
    authorize: () => Promise.resolve(authorization),
    receiver: way,
    convoStore: false,
    logger: sdkLogger(log),
    ...(apiUrl !== undefined && { clientOptions: { slackApiUrl: apiUrl } }),
  });
  app.error((error) => {
    log.error({ error }, 'a delivery could not be handled');
    return Promise.resolve();
  });
  registerEntries(app, entries, { door, clock });
  return app;
}
