import { describe, expect, test } from 'vitest';
import type { PersonId } from '../../../src/core/brand.ts';
import type { PageCommand } from '../../../src/core/page/command.ts';
import type { Answerer } from '../../../src/core/page/state.ts';
import { chain, LEADS, MINUTE, openWalk, order, rung } from './walk.ts';

const mina: Answerer = { name: 'mina', person: 'U-mina' as PersonId, contact: null };
const omar: Answerer = { name: 'omar', person: 'U-omar' as PersonId, contact: null };
const COMMANDERS = [LEADS];
const acknowledge = (by: Answerer) =>
  ({ kind: 'acknowledge', by, roles: [], commanders: COMMANDERS, how: 'button', holdsMs: null }) as const;

describe('a page', () => {
  test.each<[string, PageCommand]>([
    ['that somebody has', acknowledge(mina)],
    [
      'that somebody has ended',
      { kind: 'end-page', by: { kind: 'person', id: 'U-dana' as PersonId, name: 'dana' }, roles: [LEADS], commanders: COMMANDERS },
    ],
    ['that nobody has answered for a day', { kind: 'close-page', how: 'gave-up', says: 'A day.', by: { kind: 'rollbot' } }],
  ])('%s calls its first one again, by new messages, when more is wanted, once; and less or the same changes nothing', (_what, first) => {
    const page = openWalk(chain([rung(5, null, ['slack']), rung(5)], 2), { asked: { ...order, rank: 2 } });
    page.pass(MINUTE);
    expect(page.say(first)).toBeNull();
    for (const rank of [1, 2]) page.say({ kind: 'open-page', ...order, rank, details: 'The same.' });
    page.pass(MINUTE);
    expect([page.sent, page.state.details]).toEqual([['0s mina slack'], order.details]);
    page.say({ kind: 'open-page', ...order, rank: 3, details: 'It starts by itself.', severity: 'critical' });
    expect(page.state).toMatchObject({ status: 'open', acknowledged: null, severity: 'critical', details: 'It starts by itself.' });
    page.pass(0);
    page.say({ kind: 'open-page', ...order, rank: 3 });
    page.pass(5 * MINUTE);
    expect(page.sent.slice(1)).toEqual(['120s mina slack', '420s omar slack']);
    expect(page.events.flatMap((event) => (event.type === 'stage-began' ? [`${event.stage} ${event.round}`] : []))).toEqual([
      '0 1',
      '1 1',
      '2 1',
    ]);
    page.say(acknowledge(omar));
    expect(page.state.status).toBe('acknowledged');
  });

  test('that still calls people says more to the next one, and goes on', () => {
    const page = openWalk(chain([rung(5, null, ['slack']), rung(5)]), { asked: { ...order, rank: 1 } });
    page.pass(MINUTE);
    page.say({ kind: 'open-page', ...order, rank: 2, details: 'Worse.' });
    page.pass(4 * MINUTE);
    expect([page.sent, page.state.details]).toEqual([['0s mina slack', '300s omar slack'], 'Worse.']);
  });

  test('whose reason is gone stays over, whatever is wanted', () => {
    const page = openWalk(chain([rung(5)]), { asked: order });
    page.say({ kind: 'close-page', how: 'reason-gone', says: 'dana has called it off.', by: { kind: 'rollbot' } });
    page.say({ kind: 'open-page', ...order, rank: 5 });
    expect(page.state.status).toBe('closed');
  });

  test('that somebody has who has done their part calls the next one at once, and is nobody else’s to pass on', () => {
    const page = openWalk(chain([rung(5, null, ['slack']), rung(5)]), { asked: { ...order, why: 'approval' } });
    expect(page.say({ kind: 'pass-on', person: 'U-mina' as PersonId })).toBeNull();
    expect(page.state.status).toBe('open');
    page.say({ ...acknowledge(mina), holdsMs: 10 * MINUTE });
    page.say({ kind: 'pass-on', person: 'U-omar' as PersonId });
    expect(page.state.status).toBe('acknowledged');
    page.pass(MINUTE);
    page.say({ kind: 'pass-on', person: 'U-mina' as PersonId });
    page.pass(0);
    expect(page.sent).toEqual(['0s mina slack', '60s omar slack']);
    expect(page.state.lapsed).toMatchObject([{ by: { name: 'mina' }, done: true }]);
  });
});
