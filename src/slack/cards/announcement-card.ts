import type { RoleId } from '../../core/brand.ts';
import type { Announcement } from '../../core/incident/announcements.ts';
import { sayAudience } from '../../core/procedure/announce-places.ts';
import type { SystemStatus } from '../../core/procedure/action.ts';
import type { Settings } from '../../core/settings.ts';
import { card, context, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { lengthOf, safe } from './text.ts';
import { call, moment } from './words.ts';

/** How the system is, in words that stand alone. */
export const STATUSES = {
  operational: { sign: ':large_green_circle:', says: 'Operational' },
  degraded: { sign: ':large_yellow_circle:', says: 'Degraded' },
  outage: { sign: ':red_circle:', says: 'Outage' },
} as const satisfies Record<SystemStatus, { sign: string; says: string }>;

const TEXT_MAX = 2400;

export type AnnouncementCardParts = {
  readonly announcement: Announcement;
  /** Roles whose holders are called. */
  readonly calls: readonly RoleId[];
  readonly settings: Settings;
  readonly drill: boolean;
};

/** What a run tells people, in its own words. */
export function announcementCard({ announcement, calls, settings, drill }: AnnouncementCardParts): Card {
  const { run, status, at } = announcement;
  const sign = status === null ? ':loudspeaker:' : STATUSES[status].sign;
  const title = status === null ? 'Announcement' : STATUSES[status].says;
  const called = calls.length > 0 ? `${call(calls, settings)} ` : '';
  const lead = `${called}${sign} *${drill ? 'Drill: ' : ''}${title}*`;
  const says = linesOf(announcement.text);
  return card({
    text: `${lead} ${says.replaceAll('\n', ' ')}`,
    top: [
      section(`${lead}\n${says}`),
      ...(drill
        ? [context(`This is practice, and reaches nobody else. In earnest it would be read ${safe(sayAudience(announcement.to), 300)}.`)]
        : []),
      context(`${safe(run.procedure.title, 100)} on ${safe(run.target.name, 60)} · run ${safe(run.id, 20)} · ${moment(at)}`),
    ],
  });
}

/** Somebody's words with their line breaks, of which nothing else is markup that calls anybody. */
export function linesOf(text: string): string {
  const lines: string[] = [];
  let room = TEXT_MAX;
  for (const line of text.trim().split(/\r\n|[\r\n\u2028\u2029\v\f]/)) {
    if (room < 2) break;
    const shown = safe(line, room);
    room -= lengthOf(shown) + 1;
    lines.push(shown);
  }
  return lines.join('\n').replaceAll(/\n{3,}/g, '\n\n');
}
