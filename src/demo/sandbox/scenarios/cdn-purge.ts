import { ZONE } from '../cloudflare/account.ts';
import { untilCalm } from '../calm.ts';
import type { Extras, Place, Scenario } from '../scenario.ts';
import { EDGE_HISTORY, siteReasons } from './edge.ts';

const HOUR_MS = 3_600_000;

/** A site that is good again, and an edge that still gives everybody the broken one. */
export const cdnPurge: Scenario = {
  ...EDGE_HISTORY,
  open: async ({ cloudflare }: Place): Promise<Extras> => await Promise.resolve({ reasons: () => siteReasons(cloudflare) }),
  async trouble(world) {
    const { cloudflare } = world;
    await untilCalm(world);
    cloudflare.site.wasVisited(HOUR_MS);
    cloudflare.returnUnseen();
  },
  inFullSwing: { reasons: 2, errorRate: 0 },
  naively: `
curl -f -X POST "$CLOUDFLARE_API_BASE_URL/zones/${ZONE.id}/purge_cache" -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" \\
  -H "Content-Type: application/json" --data '{"purge_everything":true}'
curl -I "$SANDBOX_SERVICE_URL/site/" | grep -i cache
`,
};
