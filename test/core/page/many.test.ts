import { expect, test } from 'vitest';
import type { PersonId } from '../../../src/core/brand.ts';
import { due } from '../../../src/core/page/due.ts';
import { BEGINS, chain, MINUTE, openWalk, rung } from './walk.ts';

const DAY = 24 * 60 * MINUTE;

test('whatever a page has opened elsewhere is brought to its end, however often people were reminded', () => {
  const page = openWalk({ ...chain([rung(5)]), remindMs: MINUTE, remindForMs: DAY });
  page.pass(12 * 60 * MINUTE);
  const opened = page.sent.filter((line) => line.endsWith('pagerduty')).length;
  expect(opened).toBeGreaterThan(300);
  const mina = { name: 'mina', person: 'U-mina' as PersonId, contact: null };
  const settled = (): number => page.events.filter(({ type }) => type === 'delivery-settled').length;
  page.say({ kind: 'acknowledge', by: mina, roles: [], commanders: [], how: 'button', holdsMs: null });
  for (let round = 0; round < 20; round += 1) page.work();
  expect(due(page.state, (BEGINS + DAY) as typeof BEGINS).filter((effect) => effect.do === 'settle')).toEqual([]);
  expect(settled()).toBe(opened);
});
