import { expect, test } from 'vitest';
import type { Instant } from '../../../src/core/brand.ts';
import type { IncidentEvent } from '../../../src/core/incident/event.ts';
import type { Run } from '../../../src/core/incident/state.ts';
import { figuresOf } from '../../../src/core/report/figures.ts';

const RUN = { id: 'r1', startedAt: 0, steps: [], progress: { status: 'finished', outcome: 'verified', at: 100 } } as unknown as Run;
const asked = { type: 'approval-requested', need: 2, at: 10 };
const given = (at: number) => ({ type: 'approval-given', at });

/** What becomes of an approval of two, and how long people were waited for. */
const WAITS: Readonly<Record<string, readonly [readonly object[], number]>> = {
  'the second of two ends it': [[asked, given(20), given(30)], 20],
  'one of two does not': [[asked, given(20)], 90],
  'somebody who goes on alone ends it at once': [[asked, { type: 'approval-overridden', at: 40 }], 30],
  'so does one who has waited for the second': [[asked, given(20), { type: 'approval-overridden', at: 40 }], 30],
  'a denial ends it at once': [[asked, { type: 'approval-denied', at: 40 }], 30],
  'it expires at once': [[asked, { type: 'approval-expired', at: 40 }], 30],
  'what is void and asked for again goes on': [[asked, given(20), { ...asked, at: 30 }, given(40), given(50)], 40],
};

test.each(Object.entries(WAITS))('%s', (_name, [events, waitingMs]) => {
  const about = events.map((event) => ({ run: 'r1', step: 's1', ...event }) as unknown as IncidentEvent);
  expect(figuresOf(RUN, about)).toMatchObject({ waitingMs, machineMs: 100 - waitingMs, startedAt: 0 as Instant });
});
