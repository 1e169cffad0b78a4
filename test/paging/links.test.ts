import { expect, test } from 'vitest';
import { createLinks } from '../../src/paging/links.ts';
import type { Claimed } from '../../src/paging/links.ts';
import { createManualClock } from '../slack/manual-clock.ts';

const HOUR = 60 * 60_000;

function open(secret: string | null = 'a secret of some length') {
  const clock = createManualClock();
  const settings = async () => await Promise.resolve(secret === null ? null : { base: 'https://rollbot.example', secret, holdsMs: HOUR });
  return { clock, links: createLinks({ settings, clock }) };
}

async function claimed(links: ReturnType<typeof open>['links']): Promise<Claimed> {
  const url = new URL((await links.linkFor('p1', 'mina & co')) ?? '');
  expect(url.pathname).toBe('/pages/p1/acknowledge');
  const [contact, until, proof] = ['contact', 'until', 'proof'].map((name) => url.searchParams.get(name) ?? '');
  return { page: 'p1', contact: contact ?? '', until: until ?? '', proof: proof ?? '' };
}

test('a link holds for its hour and not longer', async () => {
  const { clock, links } = open();
  const claim = await claimed(links);
  expect(claim.contact).toBe('mina & co');
  expect(await links.check(claim)).toBe('good');
  await clock.pass(HOUR);
  expect(await links.check(claim)).toBe('good');
  await clock.pass(1);
  expect(await links.check(claim)).toBe('expired');
});

test.each<[string, Partial<Claimed>]>([
  ['another page', { page: 'p2' }],
  ['somebody else', { contact: 'omar' }],
  ['longer', { until: '9999999999999' }],
  ['no proof', { proof: '' }],
  ['a proof that was cut', { proof: 'abc' }],
])('a link says nothing about %s', async (_what, changes) => {
  const { links } = open();
  expect(await links.check({ ...(await claimed(links)), ...changes })).toBe('forged');
});

test('a link of another secret is forged, and without a secret there are none', async () => {
  const { links } = open();
  expect(await open('another secret').links.check(await claimed(links))).toBe('forged');
  expect(await open(null).links.linkFor('p1', 'mina')).toBeNull();
  expect(await open(null).links.check(await claimed(links))).toBe('off');
});
