import { afterEach, expect, test } from 'vitest';
import type { StreamId } from '../../src/core/brand.ts';
import type { PageAnswer } from '../../src/core/page/port.ts';
import { createIntake } from '../../src/intake/index.ts';
import type { Intake } from '../../src/intake/index.ts';
import type { PageIntakeParts } from '../../src/intake/pages.ts';
import { silent } from '../slack/house.ts';
import { NO_RELEASES } from '../slack/release-samples.ts';
import { alertParts } from './alert-samples.ts';

const DONE: PageAnswer = { status: 'done', says: 'You have it.', stream: 'page/p1' as StreamId<'page'> };
const LINK = '/pages/p1/acknowledge?contact=mina%20%3Cb%3E&until=1795492800000&proof=abc';
const started: Intake[] = [];

afterEach(async () => {
  for (const intake of started.splice(0)) await intake.stop();
});

async function start(checked: Awaited<ReturnType<PageIntakeParts['checkLink']>>, answer: PageAnswer = DONE) {
  const heard: string[] = [];
  const pages = {
    acknowledgeByLink: async (page: string, contact: string) => (heard.push(`${page} ${contact}`), await Promise.resolve(answer)),
  };
  const intake = createIntake({
    port: 0,
    host: '127.0.0.1',
    log: silent,
    unready: async () => await Promise.resolve([]),
    releases: NO_RELEASES,
    ciSecret: async () => await Promise.resolve(null),
    pages,
    checkLink: async () => await Promise.resolve(checked),
    ...alertParts(),
  });
  started.push(intake);
  return { url: `http://127.0.0.1:${await intake.start()}`, heard };
}

const FORM = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '' };

test('whoever only looks at the link acknowledges nothing, and whoever presses the button does', async () => {
  const { url, heard } = await start('good');
  const looked = await fetch(url + LINK);
  expect(looked.status).toBe(200);
  const html = await looked.text();
  expect(html).toContain('<form method="post">');
  expect(html).toContain('mina &lt;b&gt;');
  await fetch(url + LINK, { method: 'HEAD' });
  expect(heard).toEqual([]);
  const pressed = await fetch(url + LINK, FORM);
  expect([pressed.status, await pressed.text()]).toEqual([200, expect.stringContaining('You have it.')]);
  expect(heard).toEqual(['p1 mina <b>']);
});

test('the page loads nothing, is kept nowhere and can be framed by nobody', async () => {
  const { url } = await start('good');
  const { headers } = await fetch(url + LINK);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
});

test.each([
  ['expired', 410],
  ['forged', 403],
  ['off', 404],
] as const)('a link that is %s is answered with %i, and acknowledges nothing', async (checked, code) => {
  const { url, heard } = await start(checked);
  expect((await fetch(url + LINK)).status).toBe(code);
  expect((await fetch(url + LINK, FORM)).status).toBe(code);
  expect(heard).toEqual([]);
});

test.each([
  '/pages/p1/acknowledge',
  '/pages/p1/acknowledge?contact=a&until=soon&proof=x',
  `/pages/p1/acknowledge?contact=${'a'.repeat(500)}&until=1&proof=x`,
])('what is no link of ours is not even looked up: %s', async (link) => {
  const { url, heard } = await start('good');
  expect((await fetch(url + link, FORM)).status).toBe(403);
  expect(heard).toEqual([]);
});

test('what the rules refuse is said', async () => {
  const { url } = await start('good', { status: 'refused', says: 'Somebody has this already.' });
  const answer = await fetch(url + LINK, FORM);
  expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('Somebody has this already.')]);
});
