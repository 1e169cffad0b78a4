import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { startSlack } from '../../src/demo/slack/index.ts';
import type { SlackEmulator } from '../../src/demo/slack/index.ts';

export type LedgerWorld = {
  readonly slack: SlackEmulator;
  readonly folder: string;
  readonly environment: Record<string, string>;
  /** The lines that the procedure's steps have written. */
  lines(): Promise<readonly string[]>;
  /** While a gate is shut, the step behind it does not end. */
  shut(gate: Gate): Promise<void>;
  open(gate: Gate): Promise<void>;
  exists(file: string): boolean;
  close(): Promise<void>;
};

export type Gate = 'gate' | 'late-gate';

/** A Slack and a target whose only content is a ledger; the bot is started by the test, as a process of its own. */
export async function openLedgerWorld(): Promise<LedgerWorld> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rollbot-ledger-'));
  const slack = await startSlack({});
  const installed = slack.install(parse(await readFile('manifest.yml', 'utf8')));
  await writeFile(path.join(folder, 'ledger'), '');
  await writeFile(path.join(folder, 'rollbot.yml'), settings(slack, folder));
  return {
    slack,
    folder,
    environment: {
      PATH: process.env['PATH'] ?? '',
      SLACK_BOT_TOKEN: installed.botToken,
      SLACK_APP_TOKEN: installed.appToken,
      SLACK_API_URL: slack.apiUrl,
      DATABASE_URL: `sqlite:${path.join(folder, 'data', 'rollbot.db')}`,
      ROLLBOT_CONFIG: path.join(folder, 'rollbot.yml'),
      ROLLBOT_PROCEDURES: 'test/process/fixtures/procedures',
      ROLLBOT_REPORTS: path.join(folder, 'incidents'),
      ROLLBOT_INTAKE_PORT: '0',
    },
    lines: async () => (await readFile(path.join(folder, 'ledger'), 'utf8')).split('\n').filter((line) => line !== ''),
    shut: async (gate) => await writeFile(path.join(folder, gate), ''),
    open: async (gate) => await rm(path.join(folder, gate), { force: true }),
    exists: (file) => existsSync(path.join(folder, file)),
    async close() {
      await slack.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function settings(slack: SlackEmulator, folder: string): string {
  const ids = ['dana', 'omar'].map((name) => slack.person(name).id);
  return `
targets:
  sandbox:
    default: true
    protected: true
    vars: { ledger: ${folder}/ledger, gate: ${folder}/gate, late_gate: ${folder}/late-gate }
    env: { PATH: '${process.env['PATH']}' }
roles:
  lead-developer: { people: [${ids[0]}] }
  devops-engineer: { people: [${ids[1]}] }
start: { '*': [lead-developer] }
commanders: [lead-developer]
channels: { prefix: inc }
`;
}

/** Waits for something that only the outside can show. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, withinMs = 90_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
