import type { Person, Sighting } from '../../src/demo/slack/index.ts';
import type { World } from './world.ts';

/** Dana asks for the rollback in #ops; answers with the run's id and the name of its incident channel. */
export async function danaAsks(world: World, command = '/rollback cache'): Promise<{ run: string; channel: string }> {
  await world.dana.types(command, { in: '#ops' });
  const said = await world.dana.sees(/Started cache \(run (\w+)\)/);
  const run = /run (\w+)/.exec(said.text)?.[1] ?? '';
  await world.dana.sees(new RegExp(`Opened by dana[^]*run ${run}`));
  return { run, channel: channelOf(world.dana) };
}

/** Everything that stands in every incident's channel, said once so that a story speaks of the rest. */
export function furniture(world: World): void {
  world.slack.expects(/Opened by /);
  world.slack.expects(/in #inc-.*opened by/);
  world.slack.expects(/Output of /);
  world.slack.expects(/\d+ of \d+ done/);
  world.slack.expects(/^Verification/);
}

/** Waits for the request of an approval of this step, as this person sees it. */
export async function isAsked(person: Person, step: string): Promise<Sighting> {
  return await person.sees(new RegExp(`Approval needed: ${step}`), { within: 20_000 });
}

/** The newest incident channel that this person is in, as `#name`. */
export function channelOf(person: Person): string {
  const names = person.screen().channels.map(({ name }) => name.replace(/^#/, ''));
  return `#${names.findLast((name) => name.startsWith('inc-')) ?? 'none'}`;
}

/** Everything from the approval to the closing, as on a good day. */
export async function onAGoodDay(world: World): Promise<void> {
  const { dana, omar } = world;
  await isAsked(omar, 'Clear the warmed entries');
  await omar.clicks('Approve');
  await dana.sees(/Please answer above/, { within: 20_000 });
  await dana.clicks('Yes');
  await dana.sees(/done and verified/i, { within: 30_000 });
}
