import { expect } from 'vitest';
import { asks, denies, furniture, isAsked } from '../conversation.ts';
import { storyOf } from '../world.ts';
import type { World } from '../world.ts';
import { answers } from './answers.ts';

const story = storyOf('frontend');
/** A whole production is built, broken and repaired in each of these, and it follows real time. */
const LONG = { timeout: 90_000 };
const PATIENCE = { within: 90_000 };
const STEP = 'Have Pages return to the wanted build';

story('the site is broken; omar approves the good build, and visitors get it', LONG, async ({ world }) => {
  const { dana, omar, sandbox } = world;
  furniture(world);
  world.slack.expects(/Please answer above/);
  const { channel } = await asks(dana, '/rollback frontend');
  const asked = await isAsked(omar, STEP);
  expect(asked.text).toMatch(/deployments\/[0-9a-f-]{36}\/rollback/);
  await omar.clicks('Approve');
  await everybodyAnswers(world, channel);
  await dana.sees(/done and verified/i, { in: channel, ...PATIENCE });
  expect((await sandbox.health()).reasons).toEqual([]);
});

story('omar denies it, and visitors keep what they have', LONG, async ({ world }) => {
  const { dana, omar, sandbox } = world;
  furniture(world);
  const { channel } = await asks(dana, '/rollback frontend');
  await isAsked(omar, STEP);
  await denies(omar, 'the mended build is on its way');
  await dana.sees(/no_entry[^]*enied/, { in: channel, ...PATIENCE });
  expect((await sandbox.health()).reasons).toEqual(['The site shows an error instead of its products.']);
});

story('the edge keeps the broken pages all the same: that is no success, and dana has Pages go back', LONG, async ({ world }) => {
  const { dana, omar, sandbox, clock } = world;
  furniture(world);
  world.slack.expects(/Please answer above/);
  const { channel } = await asks(dana, '/rollback frontend');
  await isAsked(omar, STEP);
  await sandbox.sabotage('cloudflare-purge-ignored');
  await omar.clicks('Approve');
  await everybodyAnswers(world, channel);
  clock.advance(2 * 60_000);
  const held = await dana.sees(/The result could not be verified/, { in: channel, ...PATIENCE });
  expect(held.text).toContain('Visitors get the wanted build');
  await sandbox.relent('cloudflare-purge-ignored');
  await dana.clicks('Undo');
  await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: channel, ...PATIENCE });
  expect((await sandbox.health()).reasons).toEqual(['The site shows an error instead of its products.']);
});

story('Cloudflare answers nothing: what happened is found, and dana has the purge run again', LONG, async ({ world }) => {
  const { dana, omar, sandbox } = world;
  furniture(world);
  world.slack.expects(/Please answer above/);
  const { channel } = await asks(dana, '/rollback frontend');
  await isAsked(omar, STEP);
  await sandbox.sabotage('cloudflare-answer-lost');
  await omar.clicks('Approve');
  const unknown = await dana.sees(/Did it happen\?/, { in: channel, ...PATIENCE });
  expect(unknown.text).toContain('Purge the site of the target');
  await sandbox.relent('cloudflare-answer-lost');
  await dana.clicks('It did not: run it again');
  await everybodyAnswers(world, channel);
  await dana.sees(/done and verified/i, { in: channel, ...PATIENCE });
});

async function everybodyAnswers({ dana, omar, mina }: World, channel: string): Promise<void> {
  await answers(dana, /looks right and can be used/, { channel });
  await answers(mina, /No data corruption/, { channel });
  await answers(omar, /WebSocket connections/, { channel });
}
