import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Instant, TokenId } from '../../src/core/brand.ts';
import type { PinnedRule } from '../../src/core/trigger/rule.ts';
import type { Sighting } from '../../src/demo/slack/index.ts';
import { Stage, trusted } from '../core/trigger/scenes.ts';
import { channelId, openHouse } from './house.ts';
import type { House } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
  Object.assign(house.settings.channels, { announce: channelId(house.emulator, 'ops') });
});
afterEach(async () => {
  await house.close();
});

const NOTHING = Array.from({ length: 26 }, () => null);
const GOOD = Array.from({ length: 16 }, () => 0.01);

/** A rule on the error rate of a target, which has seen that all is well. */
function stageOf(name: string, more: Partial<PinnedRule> = {}): Stage {
  const stage = new Stage({ ...trusted('propose'), name, title: name, ...more });
  stage.token = `token-${name}` as TokenId;
  stage.now = (house.clock.now() - 30 * 60_000) as Instant;
  stage.read(...GOOD.slice(0, 4));
  return stage;
}

async function then(stages: readonly Stage[], deed: (stage: Stage) => unknown): Promise<void> {
  for (const stage of stages) deed(stage);
  for (const stage of stages) await house.desk.follows(stage);
  await house.room.settled();
}

function shown(): readonly Sighting[] {
  return house.emulator
    .person('dana')
    .messages('#ops')
    .filter(({ byApp, kind, files }) => byApp && kind === 'message' && files.length === 0);
}
const cards = (): readonly Sighting[] => shown().filter(({ threadTs, ts }) => threadTs === null || threadTs === ts);
const calls = (): readonly string[] => shown().flatMap(({ threadTs, ts, text }) => (threadTs === null || threadTs === ts ? [] : [text]));

test('several rules that see nothing of one metric say so once, and call everybody who is to come for any of them', async () => {
  const stages = [stageOf('high'), stageOf('raised', { page: ['database-admin'] }), stageOf('elsewhere', { target: 'staging' })];
  await then(stages, (stage) => stage.read(...NOTHING));
  expect(cards().map(({ text }) => /^(\w+) on \w+[^]*?(So it is for [\w, -]+)?\. This|^(\w+) on/.exec(text)?.slice(1))).toMatchObject([
    ['high', 'So it is for raised', undefined],
    [undefined, undefined, 'elsewhere'],
  ]);
  expect(calls()).toEqual([expect.stringMatching(/@mina[^]*high on production/), expect.stringMatching(/elsewhere on staging/)]);

  await then(stages, (stage) => stage.read(...GOOD));
  expect(cards().map(({ text, buttons }) => [/Back to normal/.test(text), buttons])).toEqual([
    [true, []],
    [true, []],
  ]);
});

test('one that sees again that it is bad speaks for itself', async () => {
  const stages = [stageOf('high'), stageOf('raised')];
  await then(stages, (stage) => stage.read(...NOTHING));
  expect(cards()).toHaveLength(1);
  await then(stages.slice(1), (stage) => stage.breakIt());
  expect(cards().map(({ text }) => /^\w+/.exec(text)?.[0])).toEqual(['high', 'raised']);
  expect(cards()[1]?.text).toMatch(/It fires/);
});
