import { untilCalm } from '../calm.ts';
import type { Extras, Place, Scenario } from '../scenario.ts';
import { EDGE_HISTORY, siteReasons } from './edge.ts';

const HOUR_MS = 3_600_000;

/** A build of the site that shows an error instead of its products, and an edge that has known it for an hour. */
export const frontend: Scenario = {
  ...EDGE_HISTORY,
  open: async ({ cloudflare }: Place): Promise<Extras> => await Promise.resolve({ reasons: () => siteReasons(cloudflare) }),
  async trouble(world) {
    const { cloudflare } = world;
    await untilCalm(world);
    cloudflare.site.wasVisited(HOUR_MS);
  },
  inFullSwing: { reasons: 1, errorRate: 0 },
  parts: ['cdn-purge'],
};
