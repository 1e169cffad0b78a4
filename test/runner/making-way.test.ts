import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunId } from '../../src/core/brand.ts';
import type { AnyChange } from '../../src/core/kinds.ts';
import { sayHeld } from '../../src/runner/held.ts';
import { createJournal } from '../../src/runner/journal.ts';
import { startOverDrills } from '../../src/runner/making-way.ts';
import type { WayMade } from '../../src/runner/making-way.ts';
import { FOLDS, keepingLog, stream } from '../contracts/store/subject.ts';
import type { Subject } from '../contracts/store/subject.ts';
import { acting, person } from '../core/incident/cast.ts';
import { PRACTICE } from '../core/incident/drills.ts';
import { step, targetOf } from '../core/incident/plans.ts';
import { startOf } from '../core/incident/stage.ts';
import { createManualClock } from '../slack/manual-clock.ts';
import { sqliteSubject } from '../store/place.ts';

const DRILL = stream('d1');
const PRACTISED = 'rd' as RunId;
const FLUSH = step('flush').id;
const SHARED = ['main'];

let subject: Subject;
let bot: AbortController;
let clock: ReturnType<typeof createManualClock>;

beforeEach(async () => {
  subject = await sqliteSubject(FOLDS);
  bot = new AbortController();
  clock = createManualClock();
});
afterEach(async () => await subject.end());

function parts() {
  const journal = createJournal({ store: subject.store, clock, log: keepingLog([]) });
  return { journal, store: subject.store, clock, bot: bot.signal };
}

/** Opens an incident and starts a run that claims what all targets share. */
function starts(id: string, run: RunId, where: 'staging' | 'production', drill = where === 'staging'): AnyChange {
  const begin = startOf([step('flush')], run, 'dana');
  const target = targetOf({ name: where, protected: where === 'production', shared: SHARED });
  const open = { kind: 'open-incident', incident: id as never, title: id, by: person('dana'), drill, home: null } as const;
  const procedure = { ...begin.procedure, locks: SHARED };
  return {
    stream: stream(id),
    commands: [
      { ...open, ...(drill && { practice: { ...PRACTICE, trouble: {} } }) },
      { ...begin, procedure, target },
    ],
  };
}

async function drillGoesOn(how: 'idle' | 'at work'): Promise<void> {
  const { journal } = parts();
  await journal.applyTo([starts('d1', PRACTISED, 'staging')]);
  if (how === 'at work') await journal.apply(DRILL, { kind: 'intend', run: PRACTISED, step: FLUSH, executor: 'bot-1', approvers: [] });
}

async function inEarnest(isProtected = true): Promise<WayMade> {
  const wanted = { procedure: 'cache', target: 'production', by: person('omar'), isProtected };
  return await startOverDrills(parts(), wanted, [starts('e1', 're' as RunId, 'production')]);
}

async function holders(): Promise<readonly string[]> {
  return [...new Set((await subject.store.claims()).map(({ holder }) => holder))];
}

test('a drill ends and the run begins in one append', async () => {
  await drillGoesOn('idle');
  const before = (await subject.store.size()).events;
  expect(await inEarnest()).toMatchObject({ applied: { status: 'done' }, madeWay: [PRACTISED] });
  expect(await holders()).toEqual(['re']);
  const ended = (await subject.store.events(DRILL)).slice(-2).map(({ event }) => event.type);
  expect(ended).toEqual(['run-made-way', 'run-finished']);
  expect((await subject.store.size()).events).toBe(before + 4);
});

test('where the target is not protected, the drill is left alone', async () => {
  await drillGoesOn('idle');
  expect(await inEarnest(false)).toMatchObject({ applied: { status: 'held', by: PRACTISED } });
  expect(await holders()).toEqual([PRACTISED]);
});

test('nothing in earnest is ended for anything', async () => {
  await parts().journal.applyTo([starts('d1', PRACTISED, 'staging', false)]);
  expect(await inEarnest()).toMatchObject({ applied: { status: 'held', by: PRACTISED }, madeWay: [] });
});

test('a step at work is waited for, and then the run begins', async () => {
  await drillGoesOn('at work');
  const started = inEarnest();
  const { journal } = parts();
  await expect.poll(async () => (await subject.store.events(DRILL)).at(-1)?.event.type).toBe('run-made-way');
  const over = { kind: 'finish-step', run: PRACTISED, step: FLUSH, attempt: 1, executor: 'bot-1', durationMs: 1, output: null } as const;
  expect(await holders()).toEqual([PRACTISED]);
  await journal.apply(DRILL, { ...over, answer: { status: 'ok', says: 'done', outputs: {} } });
  await journal.apply(DRILL, { kind: 'hold-or-finish', run: PRACTISED, token: 't' as never });
  await clock.pass(30_000);
  expect(await started).toMatchObject({ applied: { status: 'done' }, madeWay: [PRACTISED] });
});

test.each([
  [
    'takes too long',
    async () => await clock.pass(30_000),
    /its step "Do flush" is still at work\. Start again when that is over; `\/rollback stop rd` kills it/,
  ],
  ['is still at work when the bot ends', async () => await Promise.resolve(bot.abort()), /is still at work/],
  [
    'gets lost',
    async () => {
      const at = { run: PRACTISED, step: FLUSH, attempt: 1 };
      await parts().journal.apply(DRILL, { kind: 'lose-step', ...at, reason: 'crash', alive: false, token: 't' as never });
      await clock.pass(30_000);
    },
    /nobody knows whether "Do flush" happened\. Say so in its channel, then start again/,
  ],
])('whoever starts is told what to do where a step of the drill %s', async (_, happens, says) => {
  await drillGoesOn('at work');
  const started = inEarnest();
  await expect.poll(async () => (await subject.store.events(DRILL)).at(-1)?.event.type).toBe('run-made-way');
  await happens();
  const { applied } = await started;
  if (applied.status !== 'held') throw new Error(`it was ${applied.status}`);
  expect(await sayHeld(parts(), applied)).toMatch(says);
  expect(await holders()).toEqual([PRACTISED]);
});

test('what the rules refuse ends no drill', async () => {
  await drillGoesOn('idle');
  const { commands } = starts('e1', 're' as RunId, 'production');
  const refused = commands.map((each) => (each.kind === 'start-run' ? { ...each, ...acting('lee') } : each)) as typeof commands;
  const wanted = { procedure: 'cache', target: 'production', by: person('lee'), isProtected: true };
  const { applied } = await startOverDrills(parts(), wanted, [{ stream: stream('e1'), commands: refused } as AnyChange]);
  expect(applied.status).toBe('refused');
  expect(await holders()).toEqual([PRACTISED]);
});
