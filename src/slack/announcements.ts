import type { RoleId } from '../core/brand.ts';
import { announcementsOf } from '../core/incident/announcements.ts';
import type { Announcement } from '../core/incident/announcements.ts';
import { isPlaceOfAnnouncement } from '../core/procedure/announce-places.ts';
import { announcementCard } from './cards/announcement-card.ts';
import type { Desired, Happened, MessageView, Place } from './messages.ts';

/** One message for each announcement and each place where it is made; the first of them calls the roles that it is for. */
export function announcementMessages(view: Pick<MessageView, 'incident' | 'settings'>): readonly Happened[] {
  return announcementsOf(view.incident.runs).map((announcement) => ({ at: announcement.at, messages: messagesOf(announcement, view) }));
}

function messagesOf(announcement: Announcement, { incident, settings }: Pick<MessageView, 'incident' | 'settings'>): readonly Desired[] {
  const { run, step, to } = announcement;
  if (incident.drill) return [practised(announcement, settings)];
  const calls = to.filter((each) => !isPlaceOfAnnouncement(each)).map((each) => each as RoleId);
  return placesOf(announcement, { incident, settings }).map(({ name, place }, index) => ({
    key: `announce:${run.id}:${step.plan.id}:${name}`,
    place,
    priority: 'page',
    content: {
      kind: 'card',
      card: announcementCard({ announcement, calls: index === 0 ? calls : [], settings, drill: incident.drill }),
    },
  }));
}

/** What is practised reaches nobody outside: one line in the drill's own channel says whom it would have reached. */
function practised(announcement: Announcement, settings: MessageView['settings']): Desired {
  const card = announcementCard({ announcement, calls: [], settings, drill: true });
  const key = `announce:${announcement.run.id}:${announcement.step.plan.id}:incident`;
  return { key, place: { kind: 'incident' }, priority: 'page', content: { kind: 'card', card } };
}

/** Where it has to be read. Without a channel for announcements, or where that is the incident's own, it is the incident's. */
function placesOf(
  { to }: Announcement,
  { incident, settings }: Pick<MessageView, 'incident' | 'settings'>,
): readonly { readonly name: 'incident' | 'announce'; readonly place: Place }[] {
  const id = settings.channels.announce;
  const apart = to.includes('announce') && id !== undefined && id !== incident.channel?.id ? id : null;
  const here = apart === null || to.includes('incident');
  return [
    ...(here ? [{ name: 'incident', place: { kind: 'incident' } } as const] : []),
    ...(apart === null ? [] : [{ name: 'announce', place: { kind: 'channel', id: apart } } as const]),
  ];
}
