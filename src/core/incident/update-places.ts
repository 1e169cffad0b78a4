import type { Settings } from '../settings.ts';
import type { Audience, UpdatePlaces } from './record-event.ts';

/** Where an update goes besides the incident's own channel, as `rollbot.yml` says now. */
export function updatePlaces({ updates = {} }: Pick<Settings, 'updates'>): Readonly<Record<Audience, UpdatePlaces>> {
  const of = (audience: Audience): UpdatePlaces => ({ channels: updates[audience]?.channels ?? [], mail: updates[audience]?.mail ?? [] });
  return { engineering: of('engineering'), business: of('business') };
}
