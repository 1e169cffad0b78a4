import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPagerDuty } from '../../src/demo/paging/pagerduty.ts';
import type { PagerDutyStandIn } from '../../src/demo/paging/pagerduty.ts';
import { createPagerDuty } from '../../src/paging/pagerduty.ts';
import { message } from '../contracts/media-contract.ts';

const KEY = 'R0UT1NGKEY0000000000000000000000';
let pagerDuty: PagerDutyStandIn;
beforeEach(async () => {
  pagerDuty = await openPagerDuty([KEY]);
});
afterEach(async () => await pagerDuty.close());

const medium = (key = KEY) => createPagerDuty({ url: () => pagerDuty.url, keyOf: async () => await Promise.resolve(key) });

describe('PagerDuty', () => {
  test('an incident is opened, acknowledged and resolved by its key', async () => {
    await medium().send('mina', message());
    expect(pagerDuty.incidents).toMatchObject([{ key: 'p1:0:mina:medium', status: 'triggered' }]);
    await medium().settle?.('mina', 'p1:0:mina:medium', 'acknowledged');
    expect(pagerDuty.incidents).toMatchObject([{ status: 'acknowledged' }]);
    await medium().settle?.('mina', 'p1:0:mina:medium', 'resolved');
    expect(pagerDuty.incidents).toMatchObject([{ status: 'resolved' }]);
  });

  test.each([
    ['a summary', { summary: '–'.repeat(5000) }],
    ['details', { details: '€'.repeat(400_000) }],
    ['a key', { key: 'k'.repeat(400) }],
  ])('%s that is too long is cut to what PagerDuty takes', async (_what, changes) => {
    expect(await medium().send('mina', message(changes))).toMatchObject({ status: 'sent' });
  });

  test('what it says is wrong with an event is told, without the routing key', async () => {
    const wrong = 'too-short-a-key';
    const delivery = await medium(wrong).send('mina', message());
    expect(delivery).toMatchObject({
      status: 'failed',
      final: true,
      says: expect.stringContaining("Length of 'routing_key' is incorrect"),
    });
    expect(delivery.says).not.toContain(wrong);
  });

  test.each([
    [400, { final: true }],
    [403, { final: true }],
    [413, { final: true }],
    [408, { final: false }],
    [429, { final: false, afterMs: 7000 }],
    [500, { final: false }],
    [503, { final: false }],
  ])('%i: %j', async (code, expected) => {
    pagerDuty.fails(code);
    expect(await medium().send('mina', message())).toMatchObject({ status: 'failed', ...expected });
  });
});
