import { z } from 'zod';
import type { Instant, PersonId, RoleId } from '../core/brand.ts';
import type { Catalog, PersonReading, Store } from '../core/ports.ts';
import { mappedPeople } from '../core/terminal/person.ts';

/** What Slack said last of somebody who may use the terminal. */
export type Remembered =
  | { readonly status: 'member'; readonly id: PersonId; readonly name: string; readonly roles: readonly RoleId[]; readonly asOf: Instant }
  | { readonly status: 'refused'; readonly why: Extract<PersonReading, { status: 'refused' }>['why'] };

export type Memory = {
  /** Keeps a reading on disk, if it is of somebody who may use the terminal. */
  keep(person: PersonId, reading: Exclude<PersonReading, { status: 'unreadable' }>): Promise<void>;
  of(person: PersonId): Promise<Remembered | null>;
};

type MemoryParts = { readonly store: Pick<Store, 'getFact' | 'setFact'>; readonly catalog: Pick<Catalog, 'settings'> };

const REMEMBERED = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('member'),
    id: z.string().transform((id) => id as PersonId),
    name: z.string(),
    roles: z.array(z.string().transform((role) => role as RoleId)),
    asOf: z.number().transform((at) => at as Instant),
  }),
  z.object({ status: z.literal('refused'), why: z.enum(['bot', 'guest', 'deactivated', 'stranger', 'unknown']) }),
]);

/** The last word of Slack about each person of the terminal, in the database. What can't be read there is nobody's role. */
export function createMemory({ store, catalog }: MemoryParts): Memory {
  /** What is on disk already, so that not every look writes. */
  const written = new Map<PersonId, string>();
  return {
    async keep(person, reading) {
      const isMapped = mappedPeople(catalog.settings()).some((each) => each.person === person);
      const kept = JSON.stringify(reading);
      if (!isMapped || written.get(person) === kept) return;
      await store.setFact(factOf(person), reading);
      written.set(person, kept);
    },
    async of(person) {
      const read = REMEMBERED.safeParse(await store.getFact(factOf(person)));
      return read.success ? read.data : null;
    },
  };
}

function factOf(person: PersonId): string {
  return `person/${person}`;
}
