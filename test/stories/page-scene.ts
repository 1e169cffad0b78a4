import { expect } from 'vitest';
import type { Person, Sighting } from '../../src/demo/slack/index.ts';
import type { PageFact } from '../../src/core/page/event.ts';
import { streamOf } from '../../src/core/page/state.ts';
import type { Timed } from '../../src/core/stream-kind.ts';
import type { StoryWorld } from './story-world.ts';

export const MINUTE = 60_000;
export const CHANNEL = '#general';

export type PagingPlot = {
  /** Stages of the chain, one a line. */
  readonly stages?: readonly string[];
  readonly everybody?: string;
  readonly approvalAfter?: string;
  /** More lines under `paging:`, of mina's contact, and under the role of the database admins. */
  readonly paging?: string;
  readonly mina?: string;
  readonly role?: string;
  /** More sections. */
  readonly more?: string;
};

/** People are reached as these lines of rollbot.yml say; pages without an incident are shown in #general. */
export async function openPaging(world: StoryWorld, plot: PagingPlot = {}): Promise<void> {
  const { dana, omar, mina, priya } = world;
  const channel = dana.screen().channels.find(({ name }) => name === CHANNEL)?.id ?? '';
  const { stages = ['{ wait: 5m }', '{ to: [omar], wait: 5m }'], everybody = 'lead-developer', approvalAfter = '5m', more = '' } = plot;
  await world.edit('rollbot.yml', (text) => {
    const withRole = plot.role === undefined ? text : text.replace(/^ {2}database-admin:\n/m, `  database-admin:\n    ${plot.role}\n`);
    return `${withRole}
contacts:
  mina: { name: mina, ${plot.mina ?? `slack: ${mina.id}`} }
  omar: { name: omar, slack: ${omar.id} }
  dana: { name: dana, slack: ${dana.id} }
  priya: { name: priya, slack: ${priya.id} }
paging:
  channel: ${channel}
  approval-after: ${approvalAfter}
  chains:
    default:
      stages:
${stages.map((stage) => `        - ${stage}`).join('\n')}
      rounds: 1
      everybody: [${everybody}]
${plot.paging ?? ''}
${more}`;
  });
  await dana.types('/rollback list', { in: '#ops' });
  await dana.sees(/rollback/i, { in: '#ops' });
  world.slack.expects(/^(?:DRILL: )?Page for /);
  world.slack.expects(/^(?:DRILL: )?@\w+/);
  // How often somebody was called is for each story to say.
  world.slack.expects(/You (?:are|were) called/);
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

/** Lets time pass to a moment before the next stage is due, so many minutes after the first one began. */
export async function almost(world: StoryWorld, page: string, minutes: number): Promise<void> {
  const began = (await journalOf(world, page)).find(({ type }) => type === 'stage-began')?.at ?? 0;
  world.clock.advance(began + minutes * MINUTE - world.clock.now() - 2000);
}

/** What the journal says of a page. */
async function journalOf({ app }: StoryWorld, page: string): Promise<readonly Timed<PageFact>[]> {
  return (await app.store.events(streamOf(page))).map(({ event }) => event);
}

/** After how many seconds each stage began, and whom it called, once so many have begun. */
export async function stagesOf(world: StoryWorld, page: string, many: number): Promise<readonly string[]> {
  const told = async (): Promise<readonly string[]> => {
    const events = await journalOf(world, page);
    const from = events.find(({ type }) => type === 'stage-began')?.at ?? 0;
    return events.flatMap((event) =>
      event.type === 'stage-began'
        ? [`${Math.round((event.at - from) / 1000)}s ${event.people.map(({ contact }) => contact).join(' ')}`]
        : [],
    );
  };
  await expect.poll(async () => (await told()).length, { timeout: 60_000 }).toBe(many);
  return await told();
}
