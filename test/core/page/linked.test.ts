import { expect, test } from 'vitest';
import type { PersonId, RunId, StreamId, TokenId } from '../../../src/core/brand.ts';
import { notedAfter } from '../../../src/core/page/note.ts';
import { pagesAfterTrigger } from '../../../src/core/page/of-trigger.ts';
import { timelineOf } from '../../../src/core/report/timeline.ts';
import { summarise } from '../../../src/core/stats/summary.ts';
import type { TriggerState } from '../../../src/core/trigger/state.ts';
import { createStage } from '../incident/stage.ts';
import { trusted } from '../trigger/scenes.ts';
import { BEGINS, chain, MINUTE, openWalk, order, rung } from './walk.ts';

const INCIDENT = 'incident/i1' as StreamId;

test('what happened to a page before it was about an incident stands in it at its own time', () => {
  const page = openWalk(chain([rung(5), rung(5)]), { asked: { ...order, why: 'trigger' } });
  page.pass(6 * MINUTE);
  const omar = { name: 'omar', person: 'U-omar' as PersonId, contact: null };
  expect(page.say({ kind: 'acknowledge', by: omar, roles: [], commanders: [], how: 'button', holdsMs: null })).toBeNull();
  page.pass(MINUTE);
  const before = page.events.length;
  expect(page.say({ kind: 'link-page', incident: INCIDENT, run: 'r1' as RunId })).toBeNull();
  const stage = createStage();
  stage.open();
  for (const { commands } of notedAfter(page.state, page.events.slice(before))) {
    for (const command of commands) stage.accept(command as never);
  }
  const state = stage.state();
  const times = { openedAt: BEGINS, calledAt: BEGINS, acknowledged: { by: 'omar', at: BEGINS + 6 * MINUTE }, closedAt: null };
  expect(state).toMatchObject({ pages: [times] });
  expect(summarise(stage.events)).toMatchObject({ pagedAt: BEGINS, acknowledgedAt: BEGINS + 6 * MINUTE });
  const lines = timelineOf(stage.events, state).filter(({ says }) => !says.includes('opened the incident'));
  expect(lines.map(({ at, says }) => `${(at - BEGINS) / MINUTE} ${says}`)).toEqual([
    '0 Paged database-admin: Restore needed',
    '0 Called mina (slack, email)',
    '5 Called omar (slack)',
    '6 omar answered the page (by button)',
  ]);
});

test('whoever is paged for a countdown reads what it starts, also where that is whatever was changed last', () => {
  const rule = { ...trusted('countdown', { procedure: 'last-changed' }), pages: true, page: ['devops-engineer'] };
  const state = { status: 'watching', watch: { id: 'w1', rule } } as unknown as TriggerState;
  const began = { type: 'countdown-began', token: 't1' as TokenId, ms: 60_000, procedure: 'worker' } as const;
  expect(pagesAfterTrigger(state, [began])).toMatchObject([
    { commands: [{ kind: 'open-page', details: 'worker starts by itself unless somebody objects.' }] },
  ]);
});
