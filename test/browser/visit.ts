import type { Browser, Locator, Page } from 'playwright-core';

/** One window on the page, and what a visitor does with it. */
export type Visit = {
  readonly page: Page;
  /** Everything that a browser's console would show in red or yellow, and every request that failed. */
  readonly complaints: readonly string[];
  readonly becomes: (name: string) => Promise<void>;
  readonly opens: (channel: string | RegExp) => Promise<void>;
  readonly types: (text: string) => Promise<void>;
  readonly presses: (button: string) => Promise<void>;
  /** A message of the open channel. */
  readonly message: (text: string | RegExp) => Locator;
  /** Presses Tab until this has the focus. */
  readonly tabsTo: (target: Locator) => Promise<void>;
};

const PATIENCE_MS = 60_000;
/** More than there is to stop at on the page. */
const TABS = 150;

export async function openVisit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints = listen(page);
  await page.goto('/');
  await page.locator('#standing b').waitFor();

  return {
    page,
    complaints,
    async becomes(name) {
      await page.getByRole('radio', { name }).click();
      await page.getByPlaceholder(new RegExp(` as ${name.toLowerCase()},`)).waitFor();
    },
    async opens(channel) {
      await page.locator('#channels').getByRole('button', { name: channel }).click();
      await page.getByRole('heading', { level: 1, name: channel }).waitFor();
    },
    async types(text) {
      await page.getByRole('combobox', { name: 'Message' }).fill(text);
      await page.keyboard.press('Enter');
    },
    presses: async (button) => await page.locator('#messages').getByRole('button', { name: button, exact: true }).click(),
    message: (text) => page.locator('#messages > article').filter({ hasText: text }),
    async tabsTo(target) {
      await target.waitFor();
      for (let tabs = 0; tabs < TABS; tabs += 1) {
        if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab never came to ${target.toString()}.`);
    },
  };
}

/** Becoming somebody else ends a stream of news; that is no failure. */
function listen(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    if (!/\/news\?/.test(request.url())) complaints.push(`${request.url()}: ${request.failure()?.errorText ?? 'failed'}`);
  });
  return complaints;
}
