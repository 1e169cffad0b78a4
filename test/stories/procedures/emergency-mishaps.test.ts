import { expect } from 'vitest';
import { asks, denies, furniture, isAsked } from '../conversation.ts';
import { storyOf } from '../world.ts';
import type { World } from '../world.ts';
import { answers } from './answers.ts';

const story = storyOf('emergency');
const MINUTE = 60_000;
const LONG = { timeout: 300_000 };
const PATIENCE = { within: 90_000 };
const DEGRADED = /large_yellow_circle: Degraded/;

story('the answer of the switch is lost, and its own check knows; it does not help, and dana takes it back', LONG, async ({ world }) => {
  const { dana, omar, mina, lee, sandbox, clock } = world;
  furniture(world);
  for (const says of [/Please answer above/, /Degraded but operational/, /was taken back/]) world.slack.expects(says);
  const { channel } = await asks(dana, '/rollback emergency');
  await toTheSwitch(world);
  await sandbox.sabotage('cloudflare-answer-lost');
  await sandbox.sabotage('service-stays-sick');
  await omar.clicks('Approve');
  await dana.sees(/Switch the traffic to the emergency Worker · [^\n]*happened/, { in: channel, ...PATIENCE });
  await lee.sees(DEGRADED, { in: '#general', ...PATIENCE });
  await answers(mina, /No data is corrupted/, { channel });
  await answers(dana, /WebSocket connections/, { channel });
  clock.advance(2 * MINUTE);
  await dana.sees(/The result could not be verified/, { in: channel, ...PATIENCE });
  await sandbox.relent('cloudflare-answer-lost');
  await dana.clicks('Undo');
  await lee.sees(/red_circle: Outage\s+The emergency rollback was taken back/, { in: '#general', ...PATIENCE });
  await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: channel, ...PATIENCE });
  expect(await worker(world)).toBe(sandbox.cloudflare.worker);
});

story('omar denies the switch: the live Worker was never touched, and what was done beside it is taken back', LONG, async ({ world }) => {
  const { dana, omar, sandbox } = world;
  furniture(world);
  const { channel } = await asks(dana, '/rollback emergency');
  await toTheSwitch(world);
  await denies(omar, 'it is only the cache');
  await dana.sees(/What now\?/, { in: channel, ...PATIENCE });
  expect(await worker(world)).toBe(sandbox.cloudflare.worker);
  await dana.clicks('Undo');
  await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: channel, ...PATIENCE });
  expect(await world.app.store.claims()).toEqual([]);
});

/** Everything before the traffic is switched, with what has to be approved for that. */
async function toTheSwitch({ omar }: World): Promise<void> {
  await isAsked(omar, 'Cache: Clear the warmed entries');
  await omar.clicks('Approve');
  await omar.sees(/Approval needed: Switch the traffic to the emergency Worker/, PATIENCE);
}

/** Which Worker visitors are served by. */
async function worker({ sandbox }: World): Promise<unknown> {
  const answer = await fetch(`${sandbox.serviceUrl}/api/version`);
  return ((await answer.json()) as { worker: unknown }).worker;
}
