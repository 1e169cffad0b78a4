import { describe, expect, test } from 'vitest';
import type { PersonId, RoleId } from '../../../src/core/brand.ts';
import { nextDueAt } from '../../../src/core/page/due.ts';
import { PAGE_REFUSALS } from '../../../src/core/page/refusal.ts';
import type { Answerer } from '../../../src/core/page/state.ts';
import { BEGINS, chain, DBA, LEADS, MINUTE, openWalk, order, rung } from './walk.ts';
import type { Send } from './walk.ts';

const mina: Answerer = { name: 'mina', person: 'U-mina' as PersonId, contact: null };
const omar: Answerer = { name: 'omar', person: 'U-omar' as PersonId, contact: null };
const lee = { by: { kind: 'person', id: 'U-lee' as PersonId, name: 'lee' }, roles: [] } as const;
const COMMANDERS = [LEADS];
const acknowledge = (by: Answerer, roles: readonly RoleId[] = []) =>
  ({ kind: 'acknowledge', by, roles, commanders: COMMANDERS, how: 'button', holdsMs: null }) as const;

const DOWN: Send = () => ({ status: 'failed', says: 'away', final: true });
const LEAD_RUNG = rung(5, { roles: [LEADS], contacts: [] });

describe('a page', () => {
  test('calls the first one by all their media, and the next one when they stay silent', () => {
    const page = openWalk(chain([rung(5), rung(5)]));
    expect(page.sent).toEqual(['0s mina slack', '0s mina email']);
    page.pass(5 * MINUTE - 1);
    expect(page.sent).toHaveLength(2);
    page.pass(1);
    expect(page.sent.slice(2)).toEqual(['300s omar slack']);
    expect(page.say(acknowledge(omar))).toBeNull();
    page.pass(60 * MINUTE);
    expect(page.sent).toHaveLength(3);
    expect(page.state).toMatchObject({ status: 'acknowledged', acknowledged: { by: { name: 'omar' }, how: 'button' } });
  });

  test('that was acknowledged during the wait calls nobody else', () => {
    const page = openWalk(chain([rung(5), rung(5)]));
    page.pass(2 * MINUTE);
    page.say(acknowledge(mina));
    page.pass(24 * 60 * MINUTE - 2 * MINUTE);
    expect(page.sent).toHaveLength(2);
  });

  test('goes through its rounds, calls everybody, says that nobody answers, reminds them slowly, and gives up in the end', () => {
    const page = openWalk(chain([rung(5), LEAD_RUNG], 2));
    page.pass(20 * MINUTE);
    expect(page.sent).toEqual([
      '0s mina slack',
      '0s mina email',
      '300s dana slack',
      '300s lena slack',
      '300s lena pagerduty',
      '600s mina slack',
      '600s mina email',
      '900s dana slack',
      '900s lena slack',
      '900s lena pagerduty',
      '1200s dana slack',
      '1200s lena slack',
      '1200s lena pagerduty',
    ]);
    expect(page.state.silentAt).toBeNull();
    page.pass(5 * MINUTE);
    expect(page.state.silentAt).toBe(BEGINS + 25 * MINUTE);
    page.pass(15 * MINUTE);
    expect(page.sent.slice(13)).toEqual(['2400s dana slack', '2400s lena slack', '2400s lena pagerduty']);
    page.pass(60 * MINUTE);
    expect(page.state).toMatchObject({ status: 'closed', closed: { how: 'gave-up' } });
    expect(nextDueAt(page.state)).toBeNull();
  });

  test('moves on at once where no medium works, and not where one of them does', () => {
    const dead = openWalk(chain([rung(5), LEAD_RUNG]), { send: ({ contact }) => (contact === 'mina' ? DOWN({} as never, 1) : arrives) });
    expect(dead.sent).toEqual(['0s mina slack', '0s mina email', '0s dana slack', '0s lena slack', '0s lena pagerduty']);
    const half = openWalk(chain([rung(5), LEAD_RUNG]), { send: ({ medium }) => (medium === 'email' ? DOWN({} as never, 1) : arrives) });
    expect(half.sent).toHaveLength(2);
  });

  test('does not use up its rounds at once where nothing works', () => {
    const page = openWalk(chain([rung(5), LEAD_RUNG], 2), { send: DOWN });
    expect(page.state.stage).toMatchObject({ number: 1 });
    page.pass(5 * MINUTE);
    expect(page.state.stage).toMatchObject({ number: 4, kind: 'everybody' });
  });

  test('is sent again where a medium may work later, and while it is tried the next ones are called', () => {
    let tries = 0;
    const send: Send = ({ contact }) =>
      contact === 'mina' && (tries += 1) < 5 ? { status: 'failed', says: 'busy', final: false, afterMs: 7000 } : arrives;
    const page = openWalk(chain([rung(5, null, ['slack']), rung(5)]), { send });
    expect(page.sent).toEqual(['0s mina slack', '0s omar slack']);
    page.pass(4 * MINUTE);
    expect(page.sent.slice(2)).toEqual(['7s mina slack', '22s mina slack', '52s mina slack', '112s mina slack']);
    expect(page.state.deliveries[0]?.state.status).toBe('delivered');
  });

  test('is sent again where its answer was lost, three times at most, and then waits', () => {
    const page = openWalk(chain([rung(5, null, ['slack']), rung(5)]), { send: () => ({ status: 'unknown', says: 'lost' }) });
    expect(page.sent).toEqual(['0s mina slack', '0s mina slack', '0s mina slack']);
    page.pass(5 * MINUTE);
    expect(page.sent[3]).toBe('300s omar slack');
  });

  test('that an earlier process was sending is unknown after half a minute, and is sent again', () => {
    let first = true;
    const page = openWalk(chain([rung(5, null, ['slack'])]), { send: () => (first ? ((first = false), 'crash') : arrives) });
    page.pass(MINUTE);
    expect(page.sent).toEqual(['0s mina slack', '30s mina slack']);
  });

  test('about an approval waits before it calls anybody', () => {
    const page = openWalk(chain([rung(5)]), { asked: { ...order, why: 'approval', delayMs: 5 * MINUTE } });
    expect(page.sent).toEqual([]);
    page.pass(5 * MINUTE);
    expect(page.sent).toHaveLength(2);
  });

  test('that somebody has in vain calls the next ones at once, as often as that happens, and never two of them for one answer', () => {
    const page = openWalk(chain([rung(5), rung(5)]), { asked: { ...order, why: 'approval' } });
    page.pass(MINUTE);
    page.say({ ...acknowledge(mina), holdsMs: 2 * MINUTE });
    page.pass(2 * MINUTE - 1);
    expect(page.state.status).toBe('acknowledged');
    expect(page.say({ kind: 'lapse-answer' })).toBe('not-due');
    page.pass(1);
    expect(page.sent.slice(2)).toEqual(['180s omar slack']);
    expect(page.state).toMatchObject({ status: 'open', acknowledged: null, lapsed: [{ by: { name: 'mina' } }] });
    page.jump(0, true);
    expect(page.sent).toHaveLength(3);
    page.say({ ...acknowledge(omar), holdsMs: MINUTE });
    page.pass(MINUTE);
    expect(page.sent.slice(3)).toEqual(['240s dana slack', '240s lena slack', '240s lena pagerduty']);
    // Who had it before may have it again, and for good.
    expect(page.say(acknowledge(mina))).toBeNull();
    page.pass(60 * MINUTE);
    expect(page.sent).toHaveLength(6);
  });

  test('that somebody had in vain is over like any other', () => {
    const page = openWalk(chain([rung(5), rung(5)]), { asked: { ...order, why: 'approval' } });
    page.say({ ...acknowledge(mina), holdsMs: 2 * MINUTE });
    page.say({ kind: 'close-page', how: 'reason-gone', says: 'It is decided.', by: { kind: 'rollbot' } });
    page.pass(60 * MINUTE);
    expect(page.sent).toHaveLength(2);
    expect(page.events.map(({ type }) => type)).not.toContain('answer-lapsed');
  });

  test('is escalated by hand', () => {
    const page = openWalk(chain([rung(5), LEAD_RUNG]));
    page.pass(MINUTE);
    expect(
      page.say({ kind: 'escalate', by: { kind: 'person', id: 'U-mina' as PersonId, name: 'mina' }, roles: [], commanders: [] }),
    ).toBeNull();
    page.work();
    expect(page.sent.slice(2)).toEqual(['60s dana slack', '60s lena slack', '60s lena pagerduty']);
  });

  test('tells PagerDuty that somebody has it, and that it is over', () => {
    const page = openWalk(chain([rung(5, { roles: [LEADS], contacts: [] })]));
    page.say(acknowledge(mina, [LEADS]));
    page.work();
    const told = () => page.events.flatMap((event) => (event.type === 'delivery-settled' ? [`${event.contact} ${event.as}`] : []));
    expect(told()).toEqual(['lena acknowledged']);
    page.say({ kind: 'close-page', how: 'reason-gone', says: 'approved', by: { kind: 'rollbot' } });
    page.work();
    expect(told()).toEqual(['lena acknowledged', 'lena resolved']);
  });
});

const arrives = { status: 'delivered', says: 'there', ref: null } as const;

const fresh = () => openWalk(chain([rung(5), rung(5)]));

describe('who may answer', () => {
  test.each<[string, Answerer, readonly RoleId[], string | null]>([
    ['who was called', mina, [], null],
    ['who followed the link', { name: 'mina', person: null, contact: 'mina' }, [], null],
    ['a holder of the role', omar, [DBA], null],
    ['a commander', omar, [LEADS], null],
    ['nobody else', omar, ['product-owner' as RoleId], 'not-called'],
    ['no link of somebody who was not called', { name: 'omar', person: null, contact: 'omar' }, [], 'not-called'],
  ])('%s', (_who, by, roles, refusal) => {
    expect(fresh().say(acknowledge(by, roles))).toBe(refusal);
  });
});

describe('refusals', () => {
  const reached = new Set<string>();
  const says = (page: ReturnType<typeof openWalk>, command: Parameters<typeof page.say>[0]): string | null => {
    const refusal = page.say(command);
    if (refusal !== null) reached.add(refusal);
    return refusal;
  };

  test('a late answer is answered politely, and the same one again is no mistake', () => {
    const page = openWalk(chain([rung(5), rung(5)]));
    page.pass(5 * MINUTE);
    says(page, acknowledge(omar));
    expect(says(page, acknowledge(omar))).toBeNull();
    expect(says(page, acknowledge(mina))).toBe('acknowledged-already');
    expect(page.events.filter(({ type }) => type === 'page-acknowledged')).toHaveLength(1);
  });

  test('what is over stays over', () => {
    const page = openWalk(chain([rung(5), rung(5)]));
    says(page, { kind: 'close-page', how: 'reason-gone', says: 'approved', by: { kind: 'rollbot' } });
    const before = page.events.length;
    expect(says(page, acknowledge(mina))).toBe('page-over');
    expect(says(page, { kind: 'escalate', ...lee, roles: [DBA], commanders: [] })).toBe('page-over');
    expect(says(page, { kind: 'begin-stage', stage: 1, people: [], says: null })).toBe('not-due');
    page.pass(24 * 60 * MINUTE);
    expect(page.events).toHaveLength(before);
  });

  test('strangers end nothing', () => {
    expect(says(openWalk(chain([rung(5)])), { kind: 'end-page', ...lee, commanders: COMMANDERS })).toBe('not-called');
  });

  test('what somebody has decided alone is answered by somebody else, whatever they may otherwise', () => {
    const by = { kind: 'person', id: 'U-dana' as PersonId, name: 'dana' } as const;
    const page = openWalk(chain([rung(5)]), { asked: { ...order, why: 'override', notBy: by.id } });
    expect(says(page, acknowledge({ name: 'dana', person: by.id, contact: 'dana' }, [DBA, LEADS]))).toBe('about-you');
    expect(says(page, { kind: 'end-page', by, roles: [LEADS], commanders: COMMANDERS })).toBe('about-you');
    expect(says(page, acknowledge(mina))).toBeNull();
  });

  test('each of them can be reached', () => {
    expect([...reached].toSorted()).toEqual(
      Object.keys(PAGE_REFUSALS)
        .filter((name) => name !== 'written-by-newer' && name !== 'no-such-page')
        .toSorted(),
    );
  });
});
