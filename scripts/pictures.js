// Plays the demo and takes the README's two pictures of it: `node scripts/pictures.js`, with Chromium in the path.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const FOLDER = 'docs/pictures';
const PATIENCE_MS = 90_000;

mkdirSync(FOLDER, { recursive: true });
const demo = spawn(process.execPath, ['bin/rollbot.js', 'demo', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
const ended = once(demo, 'exit');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 1120, height: 760 }, locale: 'en-GB', reducedMotion: 'reduce' });
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(await addressOf(demo));
  await type(page, '/rollback cache');
  await become(page, 'Omar');
  await page
    .locator('#channels')
    .getByRole('button', { name: /^#inc-/ })
    .click();
  const approve = page.locator('#messages').getByRole('button', { name: 'Approve', exact: true });
  await approve.waitFor();
  await page.locator('#guide').getByText('An approval is needed').waitFor();
  await page.screenshot({ path: `${FOLDER}/approval.png` });

  await approve.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await page.locator('#messages').getByText('Approval needed: Deploy the restored version').first().waitFor();
  await approve.click();
  await become(page, 'Dana');
  await page.locator('#standing.good').waitFor();
  await page.locator('#messages').getByRole('button', { name: 'Yes', exact: true }).click();
  await page.locator('#guide').getByText('The run is over').waitFor();
  await page.screenshot({ path: `${FOLDER}/recovered.png` });
} finally {
  await browser.close();
  demo.kill('SIGTERM');
  await ended;
}

async function addressOf({ stdout }) {
  for await (const line of createInterface({ input: stdout })) if (line.startsWith('Open ')) return line.slice(5);
  throw new Error('The demo did not start.');
}

async function become(page, name) {
  await page.getByRole('radio', { name }).click();
  await page.getByPlaceholder(new RegExp(` as ${name.toLowerCase()},`)).waitFor();
}

async function type(page, text) {
  await page.getByRole('combobox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
}
