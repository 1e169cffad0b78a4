import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { decide } from '../../../src/core/component/decide.ts';
import { evolve, INITIAL } from '../../../src/core/component/evolve.ts';
import { isKnownType } from '../../../src/core/component/event.ts';
import { lastGood } from '../../../src/core/component/state.ts';
import { EVERY_MS, eventsOf, GOOD_AFTER_MS, moves, play, readings } from './scenes.ts';
import type { Deed } from './scenes.ts';

test('what a rollback goes back to was verified, is not doubted and does not run', () => {
  fc.assert(
    fc.property(moves, (all) => {
      for (const { after } of play(all)) {
        const good = lastGood(after);
        if (good === null || after.status === 'none') continue;
        expect(good.verified).not.toBeNull();
        expect(good.doubted).toBeNull();
        expect(good.version).not.toBe(after.running);
      }
    }),
  );
});

test('a version is verified by itself exactly when it was read healthy for long enough without a gap', () => {
  fc.assert(
    fc.property(readings, (all) => {
      const deeds = play(all);
      deeds.forEach((deed, index) => {
        const verified = deed.facts?.some(({ type }) => type === 'version-verified') ?? false;
        expect(verified).toBe(mustVerify(deeds.slice(0, index + 1)));
      });
    }),
    { numRuns: 500 },
  );
});

test('a doubted version is never verified by itself, nor is one that can not be read', () => {
  fc.assert(
    fc.property(moves, (all) => {
      const verified = play(all).filter(
        ({ command, facts }) => command.kind === 'note-reading' && facts?.some(({ type }) => type === 'version-verified'),
      );
      const wrongly = verified.filter(
        ({ command, before }) =>
          command.kind !== 'note-reading' ||
          command.health !== 'healthy' ||
          before.status === 'none' ||
          before.releases.some(({ version, doubted }) => version === command.version && doubted),
      );
      expect(wrongly).toEqual([]);
    }),
  );
});

test('a reading that says what was known already writes nothing', () => {
  fc.assert(
    fc.property(moves, (all) => {
      for (const { command, at, after } of play(all)) {
        if (command.kind !== 'note-reading') continue;
        expect(decide(after, { ...command, lastReadAt: at }, at)).toEqual([]);
      }
    }),
  );
});

test('a hold is lifted by a commander, or by the undo of the run that made it, and by nothing else', () => {
  fc.assert(
    fc.property(moves, (all) => {
      const lifted = play(all).filter(({ before, after }) => holds(before).some((hold) => !holds(after).includes(hold)));
      expect(lifted.filter((deed) => !mayLift(deed))).toEqual([]);
    }),
  );
});

test('who is no commander changes nothing', () => {
  fc.assert(
    fc.property(moves, (all) => {
      const forbidden = play(all).filter(({ command }) => 'roles' in command && command.roles.length === 0);
      expect(forbidden.filter(({ facts }) => facts !== null)).toEqual([]);
    }),
  );
});

test('the fold is total: any events in any order give a state, and never more than is to be remembered', () => {
  fc.assert(
    fc.property(moves, fc.integer(), (all, seed) => {
      const events = eventsOf(play(all));
      const shuffled = events.toSorted((a, b) => ((a.at * seed) % 97) - ((b.at * seed) % 97));
      const state = shuffled.reduce(evolve, INITIAL);
      expect(events.every(({ type }) => isKnownType(type))).toBe(true);
      expect(state.status === 'known' ? state.releases.length : 0).toBeLessThanOrEqual(3);
    }),
  );
});

test('versions of years do not make the state grow without end, and the last good one is kept', () => {
  const all = Array.from({ length: 500 }, (_, index) => ({
    afterMs: 1,
    does: () => ({ kind: 'note-deployed', version: `v${index}` }) as const,
  }));
  const last = play(all).at(-1)!.after;
  expect(last).toMatchObject({ running: 'v499' });
  expect(last.status === 'known' ? last.releases.length : 0).toBe(100);
});

function mayLift({ command, before }: Deed): boolean {
  if (command.kind === 'unhold') return command.roles.length > 0;
  return command.kind === 'note-undone' && holds(before).some(({ run }) => run === command.run);
}

function holds(state: Deed['after']) {
  return state.status === 'none' ? [] : state.holds;
}

/** Counts what the rules have to count, from the readings alone. */
function mustVerify(deeds: readonly Deed[]): boolean {
  let healthyMs = 0;
  let running: string | null = null;
  const verified = new Set<string>();
  let now = false;
  deeds.forEach(({ command, at }, index) => {
    now = false;
    if (command.kind !== 'note-reading') return;
    const before = deeds[index - 1];
    const wait = before ? at - before.at : Number.POSITIVE_INFINITY;
    if (wait > 2 * EVERY_MS) healthyMs = 0;
    const was = before?.command.kind === 'note-reading' && before.command.version === command.version ? before.command.health : 'unknown';
    if (command.version !== null && command.version !== running) {
      running = command.version;
      healthyMs = 0;
    } else if (command.health === 'unhealthy') healthyMs = 0;
    else if (command.health === 'healthy' && was === 'healthy' && wait <= 2 * EVERY_MS) healthyMs += wait;
    if (running === null || command.health !== 'healthy' || healthyMs < GOOD_AFTER_MS || verified.has(running)) return;
    verified.add(running);
    now = true;
  });
  return now;
}
