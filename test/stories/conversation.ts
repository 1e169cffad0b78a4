import { expect } from 'vitest';
import type { Person, Sighting } from '../../src/demo/slack/index.ts';
import type { LightWorld } from './light-world.ts';
import type { StoryWorld } from './story-world.ts';

export type Asked = { readonly run: string; readonly channel: string };

/** Dana asks for the rollback in #ops; answers with the run's id and the name of its incident channel. */
export async function danaAsks(world: StoryWorld, command = '/rollback cache'): Promise<Asked> {
  return await asks(world.dana, command);
}

/** The same for anybody. */
export async function asks(person: Person, command: string): Promise<Asked> {
  await person.types(command, { in: '#ops' });
  const said = await person.sees(/Started [\w-]+ \(run (\w+)\)/);
  const run = /run (\w+)/.exec(said.text)?.[1] ?? '';
  await person.sees(new RegExp(`Opened by [^]*run ${run}`));
  return { run, channel: channelOf(person) };
}

/** Lets several deeds reach the bot in the same millisecond, in this order. */
export async function inTheSameInstant(world: StoryWorld, ...deeds: readonly (() => Promise<unknown>)[]): Promise<void> {
  const release = world.slack.hold();
  const done = Promise.all(deeds.map(async (deed) => await deed()));
  await new Promise((resolve) => setImmediate(resolve));
  release();
  await done;
}

/** Something happens in the world after a person has done something, and before the bot hears of it. */
export async function meanwhile(world: StoryWorld, deed: () => Promise<unknown>, happens: () => unknown): Promise<void> {
  const release = world.slack.hold();
  const done = deed();
  await new Promise((resolve) => setImmediate(resolve));
  await happens();
  release();
  await done;
}

/** Fills the form behind *Deny*. */
export async function denies(person: Person, reason: string): Promise<void> {
  await person.clicks('Deny');
  await person.sees('Why?', { in: 'view' });
  expect(await person.submits({ 'Why?': reason })).toEqual({ status: 'closed' });
}

/** Everything that stands in every incident's channel, said once so that a story speaks of the rest. */
export function furniture(world: StoryWorld): void {
  world.slack.expects(/Opened by /);
  world.slack.expects(/in #inc-.*opened by/);
  world.slack.expects(/Output of /);
  world.slack.expects(/\d+ of \d+ done/);
  world.slack.expects(/^Verification/);
  world.slack.expects(/Key metrics during run/);
  world.slack.expects(/^Follow-ups: \d+ of \d+ to do/);
}

/** Waits for the request of an approval of this step, as this person sees it. */
export async function isAsked(person: Person, step: string): Promise<Sighting> {
  return await person.sees(new RegExp(`Approval needed: ${step}`));
}

/** The newest incident channel that this person is in, as `#name`. */
function channelOf(person: Person): string {
  const names = person.screen().channels.map(({ name }) => name.replace(/^#/, ''));
  return `#${names.findLast((name) => name.startsWith('inc-')) ?? 'none'}`;
}

/** Everything from the approval to the closing, as on a good day. */
export async function onAGoodDay(world: StoryWorld): Promise<void> {
  const { dana, omar } = world;
  for (const step of ['Clear the warmed entries', 'Deploy the restored version']) {
    await isAsked(omar, step);
    await omar.clicks('Approve');
  }
  await dana.sees(/Please answer above/);
  await dana.clicks('Yes');
  await dana.sees(/done and verified/i);
}

/** What the stock rollback does, and all that stands in its channel afterwards, each by its first line. */
export const STOCK = {
  done: ['door closed', 'stock counted'],
  says: [
    'Stock rollback on production',
    'Stock rollback on production',
    'Verification: Stock rollback on production',
    '[file: Output of Count the stock, attempt 1]',
  ],
};

/** Waits until the steps have done this, whether anybody reads of it or not. */
export async function hasDone({ shop }: LightWorld, lines: readonly string[]): Promise<void> {
  await expect.poll(async () => await shop.diary(), { timeout: 60_000 }).toEqual(lines);
}

/** Waits until the bot has said all that it has to say. */
export async function nothingIsOwed(world: StoryWorld): Promise<void> {
  await world.app.slack.settled();
  await world.slack.settled();
}

/** What the bot has said to all in a channel, by first lines; whatever was said twice stands here twice. */
export function botSaid({ dana }: StoryWorld, channel: string): readonly string[] {
  const said = dana.messages(channel).filter(({ byApp, kind }) => byApp && kind === 'message');
  return said.map(({ text }) => text.split('\n')[0] ?? '').toSorted();
}
