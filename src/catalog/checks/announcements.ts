import type { Finding } from '../finding.ts';
import { actionsOf } from './actions-of.ts';
import type { Subject } from './subject.ts';

/** Where something is announced beyond the incident, rollbot.yml names the channel. */
export function announcements(subject: Subject): readonly Finding[] {
  if (!subject.settings || subject.settings.channels.announce !== undefined) return [];
  return actionsOf(subject).flatMap(({ action, path }) => {
    if (action.kind !== 'announce' || !action.to.includes('announce')) return [];
    return [
      {
        path: [...path, 'announce', 'to'],
        says: 'There is no channel for announcements; expected "announce" under "channels" of rollbot.yml.',
      },
    ];
  });
}
