import type { PersonId, RoleId } from './core/brand.ts';
import { mediaOf } from './core/contact/media.ts';
import type { Contact, Medium } from './core/contact/schema.ts';
import type { Override } from './core/contact/rotation.ts';
import type { PeopleReadings } from './core/doctor/people-readings.ts';
import type { DoctorParts } from './core/doctor/port.ts';
import type { Catalog, Clock, People } from './core/ports.ts';
import type { SecretSource } from './core/secret-source.ts';
import { readSlack } from './slack-access.ts';
import { openPeople } from './slack/read-people.ts';
import { readSource } from './target-access.ts';
import type { Environment } from './target-access.ts';

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

type Parts = {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly environment: Environment;
  readonly journal: DoctorParts['journal'];
  readonly workspace: Workspace;
};
/** Whom to ask who holds what, or why nobody can be asked. */
export type Workspace = People | { readonly unreadable: string };

/** Asks Slack who holds what, and looks whether what leads to people is there; nobody is called by it. */
export async function readPeople(parts: Parts): Promise<PeopleReadings> {
  const { catalog, clock, workspace: people } = parts;
  return {
    now: clock.now(),
    settings: catalog.settings(),
    procedures: catalog.procedures(),
    slack: 'unreadable' in people ? people.unreadable : null,
    ...(await readHolders(people, catalog)),
    overrides: await readOverrides(parts),
    media: await readMedia(parts, people),
  };
}

/** The workspace as it is asked from the terminal. */
export async function openWorkspace({ catalog, clock, environment }: Pick<Parts, 'catalog' | 'clock' | 'environment'>): Promise<Workspace> {
  const slack = readSlack(environment);
  if ('mistakes' in slack) return { unreadable: slack.mistakes.join(' ') };
  return await openPeople({ config: slack.value, catalog, clock, log: QUIET });
}

/** One role after the other, so that Slack has no reason to refuse. */
async function readHolders(people: Workspace, catalog: Catalog): Promise<Pick<PeopleReadings, 'holders' | 'names'>> {
  const holders = new Map<RoleId, readonly PersonId[] | { readonly unreadable: string }>();
  const names = new Map<PersonId, string>();
  if ('unreadable' in people) return { holders, names };
  for (const role of Object.keys(catalog.settings().roles) as RoleId[]) {
    const held = await people.holders(role);
    holders.set(role, held);
    for (const id of 'unreadable' in held ? [] : held) {
      const read = await people.read(id);
      if (read.status === 'member') names.set(id, read.name);
    }
  }
  return { holders, names };
}

/** That there is no journal is said by the check of the journal. */
async function readOverrides({ journal, catalog, clock }: Parts): Promise<PeopleReadings['overrides']> {
  if ('says' in journal) return new Map();
  const made = new Map<string, readonly Override[]>();
  for (const name of Object.keys(catalog.settings().rotations ?? {})) made.set(name, await journal.overrides(name, clock.now()));
  return made;
}

async function readMedia(parts: Parts, people: Workspace): Promise<PeopleReadings['media']> {
  const contacts = Object.entries(parts.catalog.settings().contacts ?? {});
  const read = contacts.map(async ([name, contact]) => {
    const media = mediaOf(contact).map(async (medium) => [medium, await whyNot(medium, contact, { ...parts, people })] as const);
    return [name, new Map(await Promise.all(media))] as const;
  });
  return new Map(await Promise.all(read));
}

/** Why a medium does not work, as far as can be seen without sending anything; null where it does. */
async function whyNot(medium: Medium, contact: Contact, parts: Parts & { readonly people: Workspace }): Promise<string | null> {
  const { paging = {} } = parts.catalog.settings();
  switch (medium) {
    case 'slack':
      return await whyNotSlack(contact.slack, parts.people);
    case 'email':
      return paging.smtp ? await missing('The mail server', paging.smtp.url, parts) : 'rollbot.yml has no paging: smtp';
    case 'pagerduty':
      return contact.pagerduty ? await missing('Its key', contact.pagerduty, parts) : null;
    case 'webhook': {
      const to = contact.webhook?.to ?? '';
      const gateway = Object.hasOwn(paging.webhooks ?? {}, to) ? paging.webhooks?.[to] : undefined;
      return gateway ? await missing(`The secret of ${to}`, gateway.secret, parts) : `rollbot.yml has no gateway ${to}`;
    }
    default:
      return medium satisfies never;
  }
}

async function whyNotSlack(id: string | undefined, people: Workspace): Promise<string | null> {
  // That nobody can ask is said once, and not of each contact.
  if ('unreadable' in people) return null;
  const read = await people.read((id ?? '') as PersonId);
  if (read.status === 'member') return null;
  return read.status === 'refused' ? `${id} is ${REFUSED[read.why]}` : read.why;
}

const REFUSED = {
  bot: 'a bot',
  guest: 'a guest, who can not use Rollbot',
  deactivated: 'deactivated',
  stranger: 'of another workspace',
  unknown: 'nobody whom Slack knows',
} as const;

async function missing(what: string, source: SecretSource, { environment }: Parts): Promise<string | null> {
  try {
    await readSource(source, what, environment);
    return null;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
  }
}
