import { z } from 'zod';
import { AUDIENCES } from '../../../core/incident/record-event.ts';
import type { Audience, UpdatePlaces } from '../../../core/incident/record-event.ts';
import { updatePlaces } from '../../../core/incident/update-places.ts';
import { updateTexts } from '../../../core/incident/update-text.ts';
import { incidentNamed } from '../../incidents.ts';
import { done, refused } from '../../reply.ts';
import { verb } from '../../verb.ts';
import { actInNamed, leading } from './act.ts';

/** The two texts of an update as the journal suggests them, with where each of them would go. */
export const DRAFTS = verb(z.object({ of: z.string().nullable() }), async (_acting, { of }, desk) => {
  const found = await incidentNamed(desk, of);
  if ('says' in found) return refused('words', [found.says]);
  const { incident } = found;
  if (incident.status === 'closed')
    return refused('rules', [`The incident ${incident.incident} is closed, so nobody waits for an update.`]);
  const drafts = updateTexts(incident, desk.clock.now());
  const places = updatePlaces(desk.catalog.settings());
  const lines = AUDIENCES.flatMap((audience) => [
    `${LABELS[audience]} (${sayPlaces(incident.drill ? null : places[audience])}):`,
    ...drafts[audience].split('\n').map((line) => `  ${line}`),
  ]);
  const note = incident.drill ? ['This is a drill: it goes into its own channel and nowhere else.'] : [];
  return done([...note, ...lines], { incident: incident.incident, drill: incident.drill, ...drafts });
});

const Update = z.object({ of: z.string().nullable(), engineering: z.string(), business: z.string() });

/** Sends both texts of an update to where `rollbot.yml` says. */
export const UPDATE = verb(Update, async (acting, { of, engineering, business }, desk) => {
  const to = updatePlaces(desk.catalog.settings());
  const act = { kind: 'send-update', texts: { engineering, business }, to, ...leading(acting, desk) } as const;
  return await actInNamed(desk, of, act, 'The update is on its way.');
});

const LABELS = { engineering: 'For engineers', business: 'For the business' } as const satisfies Record<Audience, string>;

function sayPlaces(places: UpdatePlaces | null): string {
  const more = places ? [...places.channels.map((id) => `the channel ${id}`), ...places.mail] : [];
  return `goes to ${["the incident's channel", ...more].join(', ')}`;
}
