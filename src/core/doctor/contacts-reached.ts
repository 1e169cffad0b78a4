import type { Medium } from '../contact/schema.ts';
import { sayList } from '../procedure/nearest.ts';
import type { DoctorFinding } from './finding.ts';
import type { PeopleReadings } from './people-readings.ts';

const CHECK = 'contacts';

/** Every contact can be reached by something that works, by night as well. */
export function contactsReached({ settings, media }: PeopleReadings): readonly DoctorFinding[] {
  const contacts = Object.entries(settings.contacts ?? {});
  const findings = contacts.flatMap(([name, { quiet }]) => ofContact(name, media.get(name) ?? new Map(), quiet?.media ?? []));
  if (findings.length > 0) return findings;
  const says =
    contacts.length === 0
      ? 'rollbot.yml names no contacts; people are reached by Slack.'
      : `All ${contacts.length} contacts can be reached.`;
  return [{ check: CHECK, level: 'ok', says, advice: null }];
}

function ofContact(name: string, media: ReadonlyMap<Medium, string | null>, atNight: readonly Medium[]): readonly DoctorFinding[] {
  const broken = [...media].flatMap(([medium, why]) => (why === null ? [] : [{ medium, why }]));
  const reasons = broken.map(({ medium, why }) => `${medium}: ${why}`).join('; ');
  const works = [...media.keys()].filter((medium) => media.get(medium) === null);
  const advice = 'Mend it, or give this contact another medium in rollbot.yml.';
  if (works.length === 0) {
    return [{ check: CHECK, level: 'failure', says: `${name} can't be reached${reasons === '' ? '.' : ` (${reasons}).`}`, advice }];
  }
  // Quiet hours leave nobody without a medium that they have, but they do choose one that does not work.
  const night = atNight.filter((medium) => media.has(medium));
  if (night.length > 0 && night.every((medium) => !works.includes(medium))) {
    return [{ check: CHECK, level: 'failure', says: `In the quiet hours ${name} can't be reached (${reasons}).`, advice }];
  }
  if (broken.length === 0) return [];
  return [{ check: CHECK, level: 'warning', says: `${name} can be reached by ${sayList(works, 'and')} alone (${reasons}).`, advice }];
}
