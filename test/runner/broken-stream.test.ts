import { afterEach, expect, test } from 'vitest';
import type { RoleId } from '../../src/core/brand.ts';
import { CHECKUP_STREAM } from '../../src/core/checkup/state.ts';
import { streamOf } from '../../src/core/page/state.ts';
import { createJournal } from '../../src/runner/journal.ts';
import type { Journal } from '../../src/runner/journal.ts';
import { keepingLog } from '../contracts/store/subject.ts';
import { person } from '../core/incident/cast.ts';
import { step } from '../core/incident/plans.ts';
import { order } from '../core/page/walk.ts';
import { settings } from '../slack/story.ts';
import { openRunner } from './stage.ts';
import type { RunnerStage } from './stage.ts';

let stage: RunnerStage | null = null;
afterEach(async () => await stage?.close());

const COULD_NOT = 'could not look after what an earlier process left in this stream, and will try again';

test('a stream that can not be read does not keep the bot from starting, and is looked at again', async () => {
  stage = await openRunner([step('clear')]);
  stage.meddle("update events set type = type || '!'");
  await stage.runner.start();
  expect(stage.log.filter((message) => message === COULD_NOT)).toHaveLength(1);
  expect(stage.performed).toEqual([]);
  await stage.clock.pass(60_000);
  await expect.poll(() => stage?.log.filter((message) => message === COULD_NOT)).toHaveLength(2);
  stage.meddle("update events set type = rtrim(type, '!')");
  await stage.clock.pass(60_000);
  await expect.poll(() => stage?.performed).toHaveLength(1);
});

const journalOf = ({ store, clock }: RunnerStage): Journal => createJournal({ store, clock, log: keepingLog([]) });
const breakStream = (name: string): void => stage?.meddle(`update events set type = type || '!' where stream = '${name}'`);

test('a page that can not be read keeps neither the bot from starting nor people from the other pages', async () => {
  stage = await openRunner([step('clear')]);
  const journal = journalOf(stage);
  for (const page of ['p1', 'p2']) await journal.apply(streamOf(page), { kind: 'open-page', ...order, page });
  breakStream('page/p1');
  await stage.runner.start();
  expect((await stage.runner.pages.list()).map(({ page }) => page)).toEqual(['p2']);
  const by = { by: person('omar'), roles: order.to.roles };
  expect(await stage.runner.pages.acknowledge({ mine: true }, by, 'command')).toMatchObject({ status: 'done', stream: 'page/p2' });
});

test('a look at the installation whose journal can not be read is tried again, and ends nothing else', async () => {
  stage = await openRunner([step('clear')], { settings: { ...settings, checkup: { every: '1h' } } });
  await journalOf(stage).apply(CHECKUP_STREAM, { kind: 'note-findings', findings: [] });
  breakStream(CHECKUP_STREAM);
  await stage.runner.start();
  await stage.clock.pass(2 * 3_600_000);
  await expect.poll(() => stage?.log.filter((message) => message === 'the installation could not be looked at').length).toBeGreaterThan(1);
  stage.meddle("update events set type = rtrim(type, '!')");
  await stage.clock.pass(2 * 3_600_000);
  await expect.poll(async () => (await stage?.store.events(CHECKUP_STREAM))?.length).toBeGreaterThan(1);
});

test('lists show what can be read', async () => {
  stage = await openRunner([step('clear')]);
  const journal = journalOf(stage);
  const wanted = [{ title: 'Look at it', owner: 'lead-developer' as RoleId, dueMs: 3_600_000, from: null }];
  for (const id of ['f1', 'f2']) {
    await journal.apply(`followup/${id}` as never, { kind: 'open', incident: id, title: 'Cold', drill: false, wanted } as never);
  }
  breakStream('followup/f1');
  expect((await stage.runner.followUps.list()).map(({ incident }) => incident)).toEqual(['f2']);
});
