import type { PersonId, RoleId, StreamId } from '../../core/brand.ts';
import { calendarName, overridesAt } from '../../core/calendar/state.ts';
import { personNamed } from '../../core/contact/reachable.ts';
import type { Catalog, Clock, Store } from '../../core/ports.ts';
import type { Settings } from '../../core/settings.ts';
import { putOnCallCard } from '../cards/on-call-word.ts';
import type { LiveMessage, LiveView } from '../live.ts';

export type CalendarLookParts = {
  readonly store: Pick<Store, 'load'>;
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly clock: Pick<Clock, 'now'>;
};

/** Tells whoever somebody else has put on call that they are, once for each override, as a direct message. */
export async function lookAtCalendar({ store, catalog, clock }: CalendarLookParts, stream: StreamId<'calendar'>): Promise<LiveView | null> {
  const { state, readOnly } = await store.load(stream);
  const settings = catalog.settings();
  const roles = rolesOf(settings, calendarName(stream));
  if (readOnly !== null || roles.length === 0) return null;
  const messages = overridesAt(state, clock.now()).flatMap((override): readonly LiveMessage[] => {
    const person = personNamed(settings, override.who);
    if (person === null || person === override.by.id) return [];
    return [wordTo(person, `override:${override.id}`, putOnCallCard(override, roles))];
  });
  return { channel: '', messages, tickMs: null };
}

function wordTo(person: PersonId, key: string, card: ReturnType<typeof putOnCallCard>): LiveMessage {
  return { key, body: { card }, priority: 'progress', onlyEdit: false, channel: person };
}

function rolesOf({ roles }: Pick<Settings, 'roles'>, rotation: string): readonly RoleId[] {
  return Object.entries(roles).flatMap(([role, each]) => (each['on-call'] === rotation ? [role as RoleId] : []));
}
