import { describe, expect, test } from 'vitest';
import type { RunId, StepId, StreamId } from '../../../src/core/brand.ts';
import { INITIAL } from '../../../src/core/incident/evolve.ts';
import { approvalEndsAt, runOf, stepOf } from '../../../src/core/incident/state.ts';
import { holdsFor } from '../../../src/core/page/patience.ts';
import type { PageWhy } from '../../../src/core/page/state.ts';
import { asked } from '../incident/scenes.ts';
import { RUN } from '../incident/stage.ts';

const MINUTE = 60_000;
const HALF: undefined = undefined;

/** How long an answer counts so many minutes before the approval ends, in minutes. */
function holds(leftMinutes: number, again: string | undefined, why: PageWhy = 'approval', run: RunId | null = RUN): number | null {
  const { stage } = asked();
  const state = stage.state();
  const step = stepOf(runOf(state, RUN)!, 'flush' as StepId)!;
  if (step.state.status !== 'awaiting-approval') throw new Error('Nobody is asked.');
  const now = (approvalEndsAt(step.state.approval)! - leftMinutes * MINUTE) as Parameters<typeof holdsFor>[3];
  const about = { incident: 'incident/i1' as StreamId, run, step: 'flush' as StepId, attempt: 1 };
  const ms = holdsFor({ why, about }, state, { paging: again === undefined ? {} : { 'approval-again': again } }, now);
  return ms === null ? null : ms / MINUTE;
}

describe('an answer to the page of an approval', () => {
  test.each<[string, left: number, again: string | undefined, expected: number]>([
    ['half of what is left', 15, HALF, 7.5],
    ['half of the little that is left', 4, HALF, 2],
    ['long enough to read it', 1, HALF, 1],
    ['what rollbot.yml says', 15, '3m', 3],
    ['what rollbot.yml says, but long enough to read it', 15, '5s', 1],
  ])('counts for %s', (_what, left, again, expected) => {
    expect(holds(left, again)).toBe(expected);
  });

  test('counts for half of all of it while nobody was shown it', () => {
    const { stage } = asked();
    const state = stage.state();
    if (state.status === 'none') throw new Error('There is no incident.');
    const [run] = state.runs;
    const unseen = {
      ...state,
      runs: [
        {
          ...run!,
          steps: run!.steps.map((step) =>
            step.state.status === 'awaiting-approval'
              ? { ...step, state: { ...step.state, approval: { ...step.state.approval, shownAt: null, withinMs: 15 * MINUTE } } }
              : step,
          ),
        },
      ],
    };
    const about = { incident: 'incident/i1' as StreamId, run: RUN, step: 'flush' as StepId, attempt: 1 };
    expect(holdsFor({ why: 'approval', about }, unseen, { paging: {} }, stage.now())).toBe(7.5 * MINUTE);
  });

  test('counts for ever where the page is about something else, or the approval is gone', () => {
    expect(holds(15, HALF, 'asked')).toBeNull();
    expect(holds(15, '3m', 'run-started')).toBeNull();
    expect(holds(15, HALF, 'approval', null)).toBeNull();
    expect(holds(15, HALF, 'approval', 'another' as RunId)).toBeNull();
    const about = { incident: null, run: RUN, step: 'flush' as StepId, attempt: 1 };
    expect(holdsFor({ why: 'approval', about }, INITIAL, {}, 0 as Parameters<typeof holdsFor>[3])).toBeNull();
  });
});
