import { z } from 'zod';
import { openIncidents } from '../incidents.ts';
import { done } from '../reply.ts';
import { verb } from '../verb.ts';

/** Names that somebody may want to type, for a shell that completes them. */
export const NAMES = verb(z.object({ what: z.enum(['incidents', 'severities']) }), async (_acting, { what }, desk) => {
  const names =
    what === 'incidents'
      ? (await openIncidents(desk)).found.map(({ incident }) => incident.incident)
      : Object.keys(desk.catalog.settings().severities ?? {});
  return done(names, { names: [...names] });
});
