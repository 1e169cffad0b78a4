import { mkdtemp, readFile, rm, writeFile, mkdir, readdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { stringify } from 'yaml';
import { startBotProcess } from './bot-process.ts';
import type { BotProcess } from './bot-process.ts';

/** A shop in a folder, a database, and nothing that has to do with Slack. */
export type TerminalWorld = {
  readonly shop: string;
  /** Runs the real command, as whoever sits there. */
  rollbot(...words: readonly string[]): BotProcess;
  /** The same, to its end. */
  says(...words: readonly string[]): Promise<{ readonly code: number | string; readonly out: readonly string[]; readonly err: string }>;
  /** Has somebody else sit down at this user of the machine. */
  sits(name: 'dana' | 'omar' | 'nobody'): Promise<void>;
  write(file: string, text: string): Promise<void>;
  diary(): Promise<readonly string[]>;
  reports(): Promise<readonly string[]>;
  close(): Promise<void>;
};

const PEOPLE = { dana: 'U001DANA', omar: 'U002OMAR' } as const;

export async function openTerminalWorld(): Promise<TerminalWorld> {
  // Short, because the path of a socket has to be.
  const folder = await mkdtemp('/tmp/rollbot-term-');
  const shop = path.join(folder, 'shop');
  await mkdir(shop);
  const write = async (file: string, text: string): Promise<void> => await writeFile(path.join(shop, file), `${text}\n`);
  for (const [file, text] of Object.entries({ diary: '', banner: 'festive', 'banner-cache': 'festive' })) await write(file, text);
  const sits = async (name: 'dana' | 'omar' | 'nobody'): Promise<void> =>
    await writeFile(path.join(folder, 'rollbot.yml'), settings(shop, name));
  await sits('dana');
  const environment = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: `sqlite:${path.join(folder, 'data', 'rollbot.db')}`,
    ROLLBOT_CONFIG: path.join(folder, 'rollbot.yml'),
    ROLLBOT_PROCEDURES: path.resolve('test/fixtures/stories/procedures'),
    ROLLBOT_REPORTS: path.join(folder, 'incidents'),
  };
  const started: BotProcess[] = [];
  function rollbot(...words: readonly string[]): BotProcess {
    const program = startBotProcess(environment, ['bin/rollbot.js', ...words]);
    started.push(program);
    return program;
  }
  return {
    shop,
    rollbot,
    sits,
    write,
    async says(...words) {
      const program = rollbot(...words);
      const code = await program.ends();
      return {
        code,
        out: program.lines.map((line) => (typeof line['msg'] === 'string' ? line['msg'] : JSON.stringify(line))),
        err: program.stderr(),
      };
    },
    diary: async () => (await readFile(path.join(shop, 'diary'), 'utf8')).split('\n').filter((line) => line !== ''),
    reports: async () => (await readdir(path.join(folder, 'incidents'))).filter((file) => file.endsWith('.md')),
    async close() {
      for (const program of started) await program.ends('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function settings(shop: string, sitting: 'dana' | 'omar' | 'nobody'): string {
  const place = { vars: { shop, post_office: 'http://127.0.0.1:9' }, env: { PATH: '/usr/local/bin:/usr/bin:/bin' } };
  return stringify({
    targets: { production: { protected: true, default: true, ...place }, staging: place },
    roles: {
      'lead-developer': { people: [PEOPLE.dana] },
      'devops-engineer': { people: [PEOPLE.omar, PEOPLE.dana] },
      'database-admin': { people: [PEOPLE.omar] },
      'product-owner': { people: [PEOPLE.dana] },
    },
    start: { '*': ['lead-developer', 'devops-engineer'] },
    channels: {},
    terminal: { people: sitting === 'nobody' ? {} : { [userInfo().username]: { slack: PEOPLE[sitting], name: sitting } } },
  });
}

/** What was said, without times and ids. */
export function plain(lines: readonly string[]): readonly string[] {
  return lines.map((line) =>
    line
      .replace(/^[\d-]{10} [\d:]{8} /, '')
      .replaceAll(/\b(run|Run|incident|report) [2-9a-z]{6}\b/g, '$1 …')
      .replaceAll(/\d+(\.\d+)? s\)/g, '… s)'),
  );
}

/** Waits until a command says that it waits for an approval. */
export async function asks(run: BotProcess): Promise<void> {
  await expect.poll(() => run.lines.some(({ msg }) => String(msg).includes('waits for approval')), { timeout: 90_000 }).toBe(true);
}
