import { z } from 'zod';
import { openIncidents } from '../incidents.ts';
import { done } from '../reply.ts';
import { openTasks } from '../tasks.ts';
import { verb } from '../verb.ts';
import type { Desk } from '../verb.ts';

/** What can be asked for, and where the names are found. */
const NAMES_OF = {
  incidents: async (desk) => (await openIncidents(desk)).found.map(({ incident }) => incident.incident),
  severities: async ({ catalog }) => await Promise.resolve(Object.keys(catalog.settings().severities ?? {})),
  roles: async ({ catalog }) => await Promise.resolve(Object.keys(catalog.settings().roles)),
  /** Whoever can be paged. */
  addressees: async ({ catalog }) => {
    const { roles, contacts = {}, vendors = {} } = catalog.settings();
    return await Promise.resolve([roles, contacts, vendors].flatMap((names) => Object.keys(names)));
  },
  pages: async (desk) => [...(await desk.pages.list()).map(({ page }) => page), ...(await vendorsAsked(desk))],
  vendors: async (desk) => await vendorsAsked(desk),
} as const satisfies Readonly<Record<string, (desk: Desk) => Promise<readonly string[]>>>;

/** Names that somebody may want to type, for a shell that completes them. */
export const NAMES = verb(
  z.object({ what: z.enum(Object.keys(NAMES_OF) as (keyof typeof NAMES_OF)[]) }),
  async (_acting, { what }, desk) => {
    const names = await NAMES_OF[what](desk);
    return done(names, { names: [...names] });
  },
);

async function vendorsAsked(desk: Desk): Promise<readonly string[]> {
  return (await openTasks(desk)).map(({ vendor }) => vendor.name);
}
