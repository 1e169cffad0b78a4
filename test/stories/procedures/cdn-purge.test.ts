import { expect } from 'vitest';
import { asks, denies, furniture, isAsked } from '../conversation.ts';
import { storyOf } from '../world.ts';
import type { World } from '../world.ts';
import { answers } from './answers.ts';

const story = storyOf('cdn-purge');
/** A whole production is built, broken and repaired in each of these, and it follows real time. */
const LONG = { timeout: 90_000 };
const PATIENCE = { within: 90_000 };
const EVERYTHING = 'Purge everything in the zone';

story('the edge still has the broken site; dana has it purged, and visitors get the good one', LONG, async ({ world }) => {
  const { dana, sandbox } = world;
  furniture(world);
  world.slack.expects(/Please answer above/);
  const { channel } = await asks(dana, '/rollback cdn-purge');
  await everybodyAnswers(world, channel);
  await dana.sees(/done and verified/i, { in: channel, ...PATIENCE });
  expect((await sandbox.health()).reasons).toEqual([]);
});

story('omar will not have everything purged, and nothing is', LONG, async ({ world }) => {
  const { dana, omar, sandbox } = world;
  furniture(world);
  const { channel } = await asks(dana, '/rollback cdn-purge what=everything');
  const asked = await isAsked(omar, EVERYTHING);
  expect(asked.text).toContain('the origin takes the load of all visitors');
  await denies(omar, 'the site alone is enough');
  await dana.sees(/no_entry[^]*enied/, { in: channel, ...PATIENCE });
  expect((await sandbox.health()).status).toBe('unhealthy');
});

story('nobody knows whether everything was purged; dana looks, and says that it was', LONG, async ({ world }) => {
  const { dana, omar, sandbox } = world;
  furniture(world);
  world.slack.expects(/Please answer above/);
  const { channel } = await asks(dana, '/rollback cdn-purge what=everything');
  await isAsked(omar, EVERYTHING);
  await sandbox.sabotage('cloudflare-answer-lost');
  await omar.clicks('Approve');
  await dana.sees(/Did it happen\?/, { in: channel, ...PATIENCE });
  await sandbox.relent('cloudflare-answer-lost');
  await dana.clicks('It happened');
  await everybodyAnswers(world, channel);
  await dana.sees(/done and verified/i, { in: channel, ...PATIENCE });
});

story('the edge keeps what it was told to forget: that is never called a success', LONG, async ({ world }) => {
  const { dana, sandbox, clock } = world;
  furniture(world);
  world.slack.expects(/Please answer above/);
  await sandbox.sabotage('cloudflare-purge-ignored');
  const { channel } = await asks(dana, '/rollback cdn-purge');
  await everybodyAnswers(world, channel);
  clock.advance(2 * 60_000);
  const held = await dana.sees(/The result could not be verified/, { in: channel, ...PATIENCE });
  expect(held.text).toContain('The site that visitors get is the one that Pages has');
});

async function everybodyAnswers({ omar, mina }: World, channel: string): Promise<void> {
  await answers(mina, /No data corruption/, { channel });
  await answers(omar, /WebSocket connections/, { channel });
}
