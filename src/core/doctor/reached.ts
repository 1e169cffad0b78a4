import type { Instant, PersonId } from '../brand.ts';
import { mediaAt } from '../contact/media.ts';
import type { PeopleReadings } from './people-readings.ts';

export const HOUR_MS = 60 * 60_000;
/** How far people are looked at ahead: until this time tomorrow. */
export const HOURS_AHEAD = 24;

/** Whether anything that works leads to somebody at that hour; who has no entry among the contacts is reached by Slack. */
export function isReached(person: PersonId, at: Instant, { settings, media }: PeopleReadings): boolean {
  const entry = Object.entries(settings.contacts ?? {}).find(([, { slack }]) => slack === person);
  if (!entry) return true;
  const [name, contact] = entry;
  return mediaAt(contact, at).media.some((medium) => media.get(name)?.get(medium) === null);
}
