import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { missingParts, readProcedure } from '../../src/demo/auto/report-check.ts';
import { openDemo } from './demo.ts';
import type { Demo } from './demo.ts';
import { serveForeignSite } from './foreign-site.ts';

let demo: Demo;
beforeEach(async () => {
  demo = await openDemo();
});
afterEach(async () => {
  await demo.close();
});

test('one person asks, another approves, the shop recovers and the report is there', async () => {
  const { page, complaints, becomes, opens, types, presses, message } = await demo.visit();
  await page.locator('#standing.bad').waitFor();
  expect(await page.locator('#channels .channel').allTextContents()).toEqual(['#general', '#ops', '#database', '#vendors']);

  await types('/rollback cache');
  await opens(/^#inc-/);
  await presses('Approve');
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await message('You asked for this run, so somebody else has to approve it.').waitFor();

  await becomes('Omar');
  await opens(/^#inc-/);
  await presses('Approve');
  const confirmation = page.getByRole('dialog');
  await confirmation.getByText('Run this on production?').waitFor();
  await confirmation.getByRole('button', { name: 'Approve' }).click();
  await message('Omar approved').waitFor();
  await message('Approval needed: Deploy the restored version').waitFor();
  await presses('Approve');

  await becomes('Dana');
  await presses('Yes');
  await message('Done and verified').first().waitFor();
  await page.locator('#standing.good').waitFor();
  expect((await demo.stage.sandbox.health()).status).toBe('healthy');

  await types('/incident close the shop is well again');
  const report = message(/Report: \S+\.md/).locator('details');
  await report.locator('summary').click();
  const shown = await report.locator('pre').textContent();
  const file = (await readdir(demo.stage.reports)).find((name) => name.endsWith('.md')) ?? '';
  expect(shown).toBe(await readFile(path.join(demo.stage.reports, file), 'utf8'));
  expect(missingParts(shown ?? '', await readProcedure('cache'))).toEqual([]);
  await page.locator('#guide').getByText('The report is written').waitFor();
  expect(complaints).toEqual([]);
});

test('an approval needs no mouse', async () => {
  const { page, complaints, tabsTo, message } = await demo.visit();
  await page.keyboard.press('Tab');
  await tabsTo(page.getByRole('link', { name: 'Skip to the message field' }));
  await page.keyboard.press('Enter');
  await page.keyboard.type('/rollback cache');
  await page.keyboard.press('Enter');

  await tabsTo(page.getByRole('radio', { name: /^Dana/ }));
  await page.keyboard.press('ArrowDown');
  await page.getByPlaceholder(/ as omar,/).waitFor();
  await tabsTo(page.locator('#channels').getByRole('button', { name: /^#inc-/ }));
  await page.keyboard.press('Enter');
  await tabsTo(page.locator('#messages').getByRole('button', { name: 'Approve', exact: true }));
  await page.keyboard.press('Enter');
  await tabsTo(page.getByRole('dialog').getByRole('button', { name: 'Approve' }));
  await page.keyboard.press('Enter');
  await message('Omar approved').waitFor();
  expect(complaints).toEqual([]);
});

test('a form is opened, says what is missing, and is left with Escape', async () => {
  const { page, complaints, types } = await demo.visit();
  await types('/rollback');
  const form = page.getByRole('dialog', { name: 'Roll back' });
  await form.getByRole('button', { name: 'Start' }).click();
  await form.getByRole('alert').waitFor();
  expect(await form.locator('[aria-invalid=true]').evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
  await page.keyboard.press('Escape');
  await form.waitFor({ state: 'hidden' });
  expect(complaints).toEqual([]);
});

test('what looks like HTML is text, from people and in what Rollbot repeats', async () => {
  const html = '<img src="/nothing" onerror="document.title = 1"><b>bold</b>';
  const { page, complaints, types, opens, message } = await demo.visit();
  await types(html);
  await message(html).waitFor();
  await types('/rollback cache production the shop <b>bold</b>');
  await opens(/^#inc-/);
  await message('the shop <b>bold</b>').first().waitFor();
  expect(await page.locator('main b').allTextContents()).not.toContain('bold');
  expect(await page.locator('#messages img[src="/nothing"]').count()).toBe(0);
  expect(await page.title()).toBe('Rollbot demo');
  expect(complaints).toEqual([]);
});

test('another site can neither act here, nor read, nor show the page in a frame', async () => {
  const site = await serveForeignSite();
  try {
    const page = await demo.browser.newPage();
    await page.goto(site.url);
    const deed = JSON.stringify({ kind: 'say', as: 'dana', channel: '#ops', text: 'From elsewhere' });
    const ask = async (mode: 'cors' | 'no-cors', body?: string): Promise<string> =>
      await page.evaluate(
        async ([url, how, sent]) => {
          const init = { mode: how, ...(sent !== undefined && { method: 'POST', body: sent }) };
          return await fetch(url, init).then(
            (answer) => answer.type,
            () => 'refused',
          );
        },
        [`${demo.url}/${body === undefined ? 'scene' : 'deeds'}`, mode, body] as const,
      );
    expect(await ask('cors')).toBe('refused');
    expect(await ask('no-cors')).toBe('refused');
    expect(await ask('cors', deed)).toBe('refused');
    await ask('no-cors', deed);
    await page.setContent(`<iframe src="${demo.url}"></iframe>`);
    await page.frameLocator('iframe').locator('.neterror').waitFor({ state: 'attached' });
    expect(await page.frameLocator('iframe').locator('#composer').count()).toBe(0);
    const said = demo.stage.slack
      .person('dana')
      .screen()
      .channels.flatMap(({ messages }) => messages.map(({ text }) => text));
    expect(said).not.toContain('From elsewhere');
  } finally {
    await site.close();
  }
});
