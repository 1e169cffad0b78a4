import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { realClock } from '../../src/clock.ts';
import { startPage } from '../../src/demo/page/page.ts';
import { findTool } from '../../src/demo/sandbox/tools.ts';
import { openStage } from '../../src/demo/stage.ts';
import type { Stage } from '../../src/demo/stage.ts';
import { openVisit } from './visit.ts';
import type { Visit } from './visit.ts';

/** The whole demo, as `npm run demo` starts it, and a browser before it. */
export type Demo = {
  readonly stage: Stage;
  readonly url: string;
  readonly browser: Browser;
  /** The page in a window of its own. */
  readonly visit: () => Promise<Visit>;
  /** Ends everything, also where a part of it ends badly. */
  readonly close: () => Promise<void>;
};

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const QUIET = ['--disable-component-update', '--disable-sync'];

export async function openDemo(): Promise<Demo> {
  const closers: (() => unknown)[] = [];
  async function close(): Promise<void> {
    const closer = closers.pop();
    if (!closer) return;
    try {
      await closer();
    } finally {
      await close();
    }
  }
  try {
    return { ...(await build((closer) => closers.push(closer))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(closeLater: (close: () => unknown) => void): Promise<Omit<Demo, 'close'>> {
  const reports = await mkdtemp(path.join(tmpdir(), 'rollbot-reports-'));
  closeLater(() => rm(reports, { recursive: true, force: true }));
  const said: string[] = [];
  const stage = await openStage({
    terminal: { ...terminal(), environment: process.env },
    say: (line) => said.push(line),
    keep: false,
    scenario: 'cache',
    story: null,
    reports,
  });
  closeLater(stage.close);
  const page = await startPage({ ...stage, clock: realClock, port: 0 });
  closeLater(page.close);
  const executablePath = await findTool('chromium', process.env['PATH'] ?? '');
  if (executablePath === null) throw new Error('There is no chromium here: apt-get install -y chromium');
  const browser = await chromium.launch({ executablePath, args: [...FLAGS, ...QUIET] });
  closeLater(() => browser.close());
  return { stage, url: page.url, browser, visit: async () => await openVisit(browser, page.url) };
}

/** Signals are the test's own affair, and nothing is printed. */
function terminal() {
  const nowhere = { write: () => true };
  return { stdout: nowhere, stderr: nowhere, clock: realClock, onSignal: () => {}, exit: () => {} };
}
