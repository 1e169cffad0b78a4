import type { Catalog, Clock, Log, Store } from '../core/ports.ts';
import type { Slack, SlackConfig } from './app.ts';
import { introduce } from './identity.ts';
import type { Identity } from './identity.ts';
import { createPeople } from './people.ts';
import { createWeb } from './web.ts';

export type AbsentSlackParts = {
  /** Null where Rollbot has no Slack at all. */
  readonly config: SlackConfig | null;
  readonly store: Pick<Store, 'getFact' | 'setFact'>;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly log: Log;
};

const NOTHING = async (): Promise<void> => {};

/**
 * Slack for a command that works while no bot runs: it is only asked who people are. Nobody may be drawn into a bot that ends
 * with the command, and what happened is posted by the next bot.
 */
export function createAbsentSlack({ config, store, catalog, clock, log }: AbsentSlackParts): Slack {
  let identity: Identity | null = null;
  const web = config && createWeb({ token: config.botToken, apiUrl: config.apiUrl, log });
  return {
    people: web
      ? createPeople({ web, catalog, clock, identity: () => identity })
      : {
          read: async () => await Promise.resolve({ status: 'unreadable', why: 'Rollbot has no Slack' }),
          holders: async () => await Promise.resolve({ unreadable: 'Rollbot has no Slack' }),
        },
    async start() {
      const introduction = web && (await introduce({ web, store }));
      if (introduction?.status === 'known') ({ identity } = introduction);
      const says = introduction && introduction.status !== 'known' ? introduction.says : 'Slack is left alone';
      return { status: 'waiting', says };
    },
    stop: NOTHING,
    postReport: NOTHING,
    page: async () => await Promise.resolve({ status: 'failed', says: 'no bot is connected to Slack', final: true }),
    connected: () => false,
    settled: NOTHING,
  };
}
