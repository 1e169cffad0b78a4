import type { PersonId, RoleId, StreamId } from '../../core/brand.ts';
import { calendarName, cancelledAt, overridesAt } from '../../core/calendar/state.ts';
import type { CancelledOverride, MadeOverride } from '../../core/calendar/state.ts';
import { contactOf, isMember, personNamed } from '../../core/contact/reachable.ts';
import type { Turn } from '../../core/contact/rotation.ts';
import type { Actor } from '../../core/incident/event.ts';
import type { Catalog, Clock, Store } from '../../core/ports.ts';
import type { Settings } from '../../core/settings.ts';
import type { Card } from '../cards/blocks.ts';
import { onCallAgainCard, putOnCallCard, replacedCard, takenBackCard } from '../cards/on-call-word.ts';
import type { LiveMessage, LiveView } from '../live.ts';

export type CalendarLookParts = {
  readonly store: Pick<Store, 'load'>;
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly clock: Pick<Clock, 'now'>;
};

/** Tells whoever is on call, or is not after all, because of what somebody else has done, once for each, as a direct message. */
export async function lookAtCalendar({ store, catalog, clock }: CalendarLookParts, stream: StreamId<'calendar'>): Promise<LiveView | null> {
  const { state, readOnly } = await store.load(stream);
  const settings = catalog.settings();
  const roles = rolesOf(settings, calendarName(stream));
  if (readOnly !== null || roles.length === 0) return null;
  const now = clock.now();
  const made = overridesAt(state, now).flatMap((each) => wordsOfMade(settings, each, roles));
  const cancelled = cancelledAt(state, now).flatMap((each) => wordsOfCancelled(settings, each, roles));
  return { channel: '', messages: [...made, ...cancelled], tickMs: null };
}

function wordsOfMade(settings: Settings, override: MadeOverride, roles: readonly RoleId[]): readonly LiveMessage[] {
  const { id, who, by, takes } = override;
  const name = nameOf(settings, who);
  return [
    ...word(settings, who, by, `override:${id}`, putOnCallCard(override, roles)),
    ...byPerson(takes).flatMap(([lost, turns]) =>
      word(settings, lost, by, `replaced:${id}:${lost}`, replacedCard(override, name, turns, roles)),
    ),
  ];
}

function wordsOfCancelled(settings: Settings, override: CancelledOverride, roles: readonly RoleId[]): readonly LiveMessage[] {
  const { id, who, back } = override;
  const name = nameOf(settings, who);
  return [
    ...word(settings, who, back.by, `back:${id}`, takenBackCard(override, roles)),
    ...byPerson(back.next).flatMap(([next, turns]) =>
      word(settings, next, back.by, `again:${id}:${next}`, onCallAgainCard(override, name, turns, roles)),
    ),
  ];
}

/** Nobody is told what they have done themselves, nor who has no Slack account. */
function word(settings: Settings, who: string, by: Actor, key: string, card: Card): readonly LiveMessage[] {
  const person: PersonId | null = personNamed(settings, who);
  if (person === null || (by.kind === 'person' && by.id === person)) return [];
  return [{ key, body: { card }, priority: 'progress', onlyEdit: false, channel: person }];
}

function byPerson(turns: readonly Turn[]): readonly (readonly [string, readonly Turn[]])[] {
  return [...Map.groupBy(turns, ({ who }) => who)];
}

function nameOf(settings: Settings, who: string): string {
  return contactOf(settings, who)?.name ?? (isMember(who) ? 'somebody else' : who);
}

function rolesOf({ roles }: Pick<Settings, 'roles'>, rotation: string): readonly RoleId[] {
  return Object.entries(roles).flatMap(([role, each]) => (each['on-call'] === rotation ? [role as RoleId] : []));
}
