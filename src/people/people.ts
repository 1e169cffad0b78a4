import type { PersonId, RoleId } from '../core/brand.ts';
import type { Catalog, Clock, Log, People, PersonReading, Store } from '../core/ports.ts';
import { mappedPeople, rolesByName } from '../core/terminal/person.ts';
import { createMemory } from './memory.ts';
import { knownWithoutSlack } from './without-slack.ts';

export type PeopleParts = {
  /** What Slack says of people; null where Rollbot has no Slack. */
  readonly slack: People | null;
  readonly store: Pick<Store, 'getFact' | 'setFact'>;
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly clock: Clock;
  readonly log: Log;
};

export type PeopleOffice = People & {
  /** Reads, now and every few minutes, what Slack says of those who may use the terminal, for the day when it says nothing. */
  start(): void;
  stop(): void;
};

const NO_SLACK: PersonReading = { status: 'unreadable', why: 'Rollbot has no Slack' };
const REFRESH_MS = 10 * 60_000;
const RETRY_MS = 60_000;

/**
 * Who people are and which roles they hold: what Slack says wherever it answers. Where it does not, those whom `rollbot.yml` lets
 * use the terminal are known by it and by what Slack said of them last; nobody else is.
 */
export function createPeople(parts: PeopleParts): PeopleOffice {
  const { slack, catalog, clock, log } = parts;
  const memory = createMemory(parts);
  let cancel: (() => void) | null = null;
  let stopped = false;

  async function read(person: PersonId, options?: { readonly fresh?: boolean }): Promise<PersonReading> {
    const reading = slack === null ? NO_SLACK : await slack.read(person, options);
    if (reading.status !== 'unreadable') {
      await memory.keep(person, reading);
      return reading;
    }
    return await knownWithoutSlack({ ...parts, memory }, person, reading);
  }

  async function holders(role: RoleId): Promise<readonly PersonId[] | { readonly unreadable: string }> {
    if (slack !== null) return await slack.holders(role);
    const settings = catalog.settings();
    const readings = await Promise.all(mappedPeople(settings).map(async ({ person }) => await read(person)));
    const mapped = readings.flatMap((reading) => (reading.status === 'member' && reading.roles.includes(role) ? [reading.id] : []));
    const named = (settings.roles[role]?.people ?? []).map((id) => id as PersonId).filter((id) => rolesByName(settings, id).includes(role));
    return [...new Set([...mapped, ...named])];
  }

  async function refresh(): Promise<void> {
    const readings = await Promise.all(
      mappedPeople(catalog.settings()).map(async ({ person }) => await slack?.read(person).then(keepOf(person))),
    );
    if (!stopped) cancel = clock.after(readings.includes('unreadable') ? RETRY_MS : REFRESH_MS, again);
  }

  function keepOf(person: PersonId): (reading: PersonReading) => Promise<PersonReading['status']> {
    return async (reading) => {
      if (reading.status !== 'unreadable') await memory.keep(person, reading);
      return reading.status;
    };
  }

  function again(): void {
    refresh().catch((error: unknown) => {
      log.warn({ error }, 'what Slack says of people could not be kept');
      if (!stopped) cancel = clock.after(RETRY_MS, again);
    });
  }

  return {
    read,
    holders,
    start() {
      if (slack !== null) again();
    },
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}
