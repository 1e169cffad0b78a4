import { z } from 'zod';
import type { Cloudflare } from '../cloudflare/cloudflare.ts';
import type { Scenario } from '../scenario.ts';

const Served = z.object({ commit: z.string(), status: z.string() });

/** A history in which nothing of the Worker is wrong, for troubles that are in front of it. */
export const EDGE_HISTORY: Pick<Scenario, 'layers' | 'good' | 'bad'> = {
  layers: [
    { folder: '1-basic-cache', by: 'omar', says: 'Serve products through a read-through cache', on: '2026-11-16T09:12:00Z' },
    { folder: 'frontend-first', by: 'mina', says: 'Show products with their prices', on: '2026-11-17T08:30:00Z' },
    { folder: '2-currency', by: 'dana', says: 'Say which currency a price is in', on: '2026-11-18T14:03:00Z' },
    { folder: 'frontend-colours', by: 'omar', says: 'Try other colours', on: '2026-11-20T10:41:00Z' },
    { folder: 'frontend-availability', by: 'mina', says: 'Show whether a product is available', on: '2026-11-20T15:27:00Z' },
  ],
  good: 'frontend-first',
  bad: 'frontend-colours',
};

/** What somebody finds wrong who visits the site, as sentences. */
export async function siteReasons({ site, canonical }: Cloudflare): Promise<readonly string[]> {
  const { commit, status } = Served.parse(await site.serve('/build.json').json());
  return [
    ...(status === 'healthy' ? [] : ['The site shows an error instead of its products.']),
    ...(commit === canonical()?.commit ? [] : ['Visitors get another build of the site than Pages has for them.']),
  ];
}
