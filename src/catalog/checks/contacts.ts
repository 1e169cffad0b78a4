import { mediaOf } from '../../core/contact/media.ts';
import type { Contact } from '../../core/contact/schema.ts';
import { sayList } from '../../core/procedure/nearest.ts';
import type { Settings } from '../../core/settings.ts';
import { isZone } from '../../core/zone.ts';
import type { Finding, Path } from '../finding.ts';
import { unknownName } from './unknown-name.ts';

/** Every contact can be reached at every hour, and is one person. */
export function contactMistakes(settings: Settings): readonly Finding[] {
  const { contacts = {}, paging } = settings;
  const gateways = Object.keys(paging?.webhooks ?? {});
  const names = Object.keys(contacts);
  return Object.entries(contacts).flatMap(([name, contact], index): readonly Finding[] => {
    const path: Path = ['contacts', name];
    const twin = names.slice(0, index).find((other) => contact.slack !== undefined && contacts[other]?.slack === contact.slack);
    return [
      ...(mediaOf(contact).length > 0
        ? []
        : [{ path, on: 'key' as const, says: `${name} can't be reached; expected slack, email, pagerduty or webhook.` }]),
      ...(twin === undefined ? [] : [{ path: [...path, 'slack'], says: `${twin} is this member too; expected one contact for each.` }]),
      ...(contact.webhook ? unknownName(contact.webhook.to, gateways, [...path, 'webhook', 'to'], 'gateway', '"paging: webhooks"') : []),
      ...zoneMistakes(contact.zone, [...path, 'zone']),
      ...quietMistakes(contact, [...path, 'quiet']),
    ];
  });
}

/** A zone is written as the clock calls it. */
export function zoneMistakes(zone: string | undefined, path: Path): readonly Finding[] {
  if (zone === undefined || isZone(zone)) return [];
  return [{ path, says: `There is no time zone "${zone}"; expected one such as Europe/Berlin, by its name in the tz database.` }];
}

function quietMistakes(contact: Contact, path: Path): readonly Finding[] {
  const { quiet } = contact;
  if (!quiet) return [];
  const has = mediaOf(contact);
  const none = quiet.media.flatMap((medium, index): readonly Finding[] =>
    has.includes(medium)
      ? []
      : [{ path: [...path, 'media', index], says: `There is no ${medium} here; expected one of ${sayList(has, 'or')}.` }],
  );
  const says = 'This ends as it begins; expected hours such as 22:00 to 07:00.';
  return [...none, ...(quiet.from === quiet.to ? [{ path: [...path, 'to'], says }] : [])];
}
