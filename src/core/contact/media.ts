import type { Instant } from '../brand.ts';
import { clockIn } from '../zone.ts';
import type { Contact, Medium } from './schema.ts';

/** The best first: what rings comes before what waits to be read. */
const BY_HASTE: readonly Medium[] = ['pagerduty', 'slack', 'webhook', 'email'];

/** How media are called in a sentence. */
export const MEDIA_NAMES: Readonly<Record<Medium, string>> = { slack: 'Slack', pagerduty: 'PagerDuty', email: 'mail', webhook: 'webhook' };

/** How somebody can be reached at a moment. Quiet hours choose the media, and never leave somebody without any. */
export function mediaAt(contact: Contact, at: Instant): { readonly media: readonly Medium[]; readonly quiet: boolean } {
  const all = mediaOf(contact);
  if (!contact.quiet || !isQuiet(contact, at)) return { media: all, quiet: false };
  const chosen = contact.quiet.media.filter((medium) => all.includes(medium));
  return { media: chosen.length > 0 ? chosen : all, quiet: true };
}

/** Every medium for which a contact says where it leads to. */
export function mediaOf(contact: Contact): readonly Medium[] {
  return BY_HASTE.filter((medium) => contact[medium] !== undefined);
}

/** By the clocks on the wall, so that on the night when they change it is as many hours as they show. */
function isQuiet({ quiet, zone = 'UTC' }: Contact, at: Instant): boolean {
  if (!quiet) return false;
  const time = clockIn(zone, at).toPlainTime().toString({ smallestUnit: 'minute' });
  const { from, to } = quiet;
  return from <= to ? from <= time && time < to : from <= time || time < to;
}
