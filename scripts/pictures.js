// Plays the demo and takes the pictures of it that README and docs show: `node scripts/pictures.js`, with Chromium,
// Prometheus and Alertmanager in the path.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as later } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const FOLDER = 'docs/pictures';
const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 3000;
/** What closing an incident reads is what it was a few seconds ago. */
const SETTLES_MS = 12_000;

mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  await play([], rollBackTheCache);
  await play(['--scenario', 'incident'], leadAnIncident);
} finally {
  await browser.close();
}

async function play(options, scenes) {
  const demo = spawn(process.execPath, ['bin/rollbot.js', 'demo', '--port', '0', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(demo, 'exit');
  const page = await browser.newPage({ viewport: { width: 1120, height: 760 }, locale: 'en-GB', reducedMotion: 'reduce' });
  page.setDefaultTimeout(PATIENCE_MS);
  try {
    await page.goto(await addressOf(demo));
    await scenes(page);
  } finally {
    await page.close();
    demo.kill('SIGTERM');
    await ended;
  }
}

async function rollBackTheCache(page) {
  await type(page, '/rollback cache');
  await become(page, 'Omar');
  await open(page, /^#inc-/);
  await button(page, 'Approve').waitFor();
  await page.locator('#guide').getByText('An approval is needed').waitFor();
  await take(page, 'approval');

  await approveBoth(page);
  await become(page, 'Dana');
  await page.locator('#standing.good').waitFor();
  await button(page, 'Yes').click();
  await page.locator('#guide').getByText('The run is over').waitFor();
  await take(page, 'recovered');
}

async function leadAnIncident(page) {
  await waitUntilItIsKnownToBeGood(page);
  await page.getByRole('button', { name: 'Break it' }).click();
  await open(page, '#general');
  await page.locator('#messages').getByText('The rule error-rate-high started').first().waitFor();
  await take(page, 'alert');

  await become(page, 'Omar');
  await open(page, /^#inc-/);
  await approveBoth(page);
  await become(page, 'Dana');
  await page.locator('#standing.good').waitFor();
  await button(page, 'Yes').click();
  await page.locator('#guide').getByText('The run is over').waitFor();
  await later(SETTLES_MS);
  await page
    .locator('#messages')
    .getByRole('button', { name: /replies/ })
    .first()
    .click();
  const chart = page.getByRole('img', { name: /^Key metrics/ });
  await chart.waitFor();
  await chart.scrollIntoViewIfNeeded();
  await take(page, 'metrics');

  await type(page, '/incident close');
  await page.getByRole('dialog').getByText('No data corruption detected').waitFor();
  await take(page, 'closing');
}

/** A rule starts nothing by itself where no version is known to be good. */
async function waitUntilItIsKnownToBeGood(page) {
  const answers = page.locator('#messages').getByText(/good since/);
  while ((await answers.count()) === 0) {
    await type(page, '/rollback releases worker:api');
    await later(LOOK_EVERY_MS);
  }
}

/** Approves the two steps that have to be: what nothing takes back is asked for once more in a dialog. */
async function approveBoth(page) {
  await button(page, 'Approve').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await page.locator('#messages').getByText('Approval needed: Deploy the restored version').first().waitFor();
  await button(page, 'Approve').click();
}

async function addressOf({ stdout }) {
  for await (const line of createInterface({ input: stdout })) if (line.startsWith('Open ')) return line.slice(5);
  throw new Error('The demo did not start.');
}

async function become(page, name) {
  await page.getByRole('radio', { name }).click();
  await page.getByPlaceholder(new RegExp(` as ${name.toLowerCase()},`)).waitFor();
}

async function open(page, channel) {
  await page.locator('#channels').getByRole('button', { name: channel }).click();
}

async function type(page, text) {
  await page.getByRole('combobox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
}

async function take(page, name) {
  await page.screenshot({ path: `${FOLDER}/${name}.png` });
}

function button(page, name) {
  return page.locator('#messages').getByRole('button', { name, exact: true });
}
