import type { Person, Sighting } from '../../src/demo/slack/index.ts';
import type { StoryWorld } from './story-world.ts';

export const MINUTE = 60_000;
export const CHANNEL = '#general';

/** People are reached as these lines of rollbot.yml say; pages without an incident are shown in #general. */
export async function openPaging(world: StoryWorld, { more = '', roles = '' }: { more?: string; roles?: string } = {}): Promise<void> {
  const { dana, omar, mina } = world;
  const channel = dana.screen().channels.find(({ name }) => name === CHANNEL)?.id ?? '';
  await world.edit('rollbot.yml', (text) => {
    const withRoles = roles === '' ? text : text.replace(/^ {2}database-admin:\n/m, `  database-admin:\n    ${roles}\n`);
    return `${withRoles}
contacts:
  mina: { name: mina, slack: ${mina.id}, zone: Europe/Berlin }
  omar: { name: omar, slack: ${omar.id} }
  dana: { name: dana, slack: ${dana.id} }
paging:
  channel: ${channel}
  approval-after: 5m
  chains:
    default:
      stages:
        - { wait: 5m }
        - { to: [omar], wait: 5m }
      rounds: 1
      everybody: [lead-developer]
${more}`;
  });
  await world.dana.types('/rollback list', { in: '#ops' });
  await world.dana.sees(/rollback/i, { in: '#ops' });
}

/** Somebody asks for somebody; answers with the page's id. */
export async function pages(person: Person, command: string, where = '#ops'): Promise<string> {
  await person.types(command, { in: where });
  const said = await person.sees(/Paging .* \(page (\w+)\)/, { in: where });
  return /page (\w+)\)/.exec(said.text)?.[1] ?? '';
}

/** Waits until somebody is called in their direct messages. */
export async function isCalled(person: Person, what: string): Promise<Sighting> {
  return await person.sees(new RegExp(`You are called[^]*${what}`), { in: '@rollbot' });
}

/** How often somebody was called in their direct messages about this. */
export function timesCalled(person: Person, what: string): number {
  return person.messages('@rollbot').filter(({ byApp, kind, text }) => byApp && kind === 'message' && text.includes(what)).length;
}

/** What stands around every page, said once so that a story speaks of the rest. */
export function pageFurniture({ slack }: StoryWorld): void {
  slack.expects(/^(?:DRILL: )?Page for /);
  slack.expects(/^<@\w+>|^@\w+/);
}
