import type { Catalog, Clock, Log, People } from '../core/ports.ts';
import type { SlackConfig } from './app.ts';
import { introduce } from './identity.ts';
import { createPeople } from './people.ts';
import { createWeb } from './web.ts';

type Parts = {
  readonly config: Pick<SlackConfig, 'botToken' | 'apiUrl'>;
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly clock: Clock;
  readonly log: Log;
};

/** Who people are, for a command that looks at the workspace without being the bot: it only asks, and remembers nothing. */
export async function openPeople({ config, catalog, clock, log }: Parts): Promise<People | { readonly unreadable: string }> {
  const web = createWeb({ token: config.botToken, apiUrl: config.apiUrl, log });
  const introduction = await introduce({
    web,
    store: { getFact: async () => await Promise.resolve(null), setFact: async () => await Promise.resolve() },
  });
  if (introduction.status !== 'known') return { unreadable: introduction.says };
  return createPeople({ web, catalog, clock, identity: () => introduction.identity });
}
