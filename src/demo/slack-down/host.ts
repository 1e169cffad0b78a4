import { readFile, rename, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { parse, stringify } from 'yaml';
import type { Say } from '../terminal.ts';
import { terminalSettings } from './settings.ts';

/** The machine that the bot runs on, with a terminal at which one person sits at a time. */
export type Host = {
  /** Somebody else sits down: from now on the user of this machine is that person. */
  readonly sitsDown: (name: string) => Promise<void>;
  /** Runs a command, shows it with all that it prints, and answers with that. */
  readonly types: (...argv: readonly string[]) => Promise<Typed>;
  /** The same for a program's eyes: nothing is shown, and the answer is data. */
  readonly looks: (...argv: readonly string[]) => Promise<unknown>;
};

export type Typed = { readonly code: number; readonly printed: string };

export type HostPlace = {
  /** What the bot was told by its environment: its commands find it by the same. */
  readonly env: Readonly<Record<string, string>>;
  readonly people: Readonly<Record<string, string>>;
  readonly say: Say;
};

const ROLLBOT = path.join(import.meta.dirname, '..', '..', '..', 'bin', 'rollbot.js');
const ASKS = 'Type the first 8 characters of the digest';
const DIGEST = /digest ([0-9a-f]{8})/;

/** The terminal of a bot; whoever sits there types the digest that a command asks for, after it was shown. */
export function openHost({ env, people, say }: HostPlace): Host {
  let sits = '';

  async function runs(argv: readonly string[]): Promise<Typed> {
    const child = execa(process.execPath, [ROLLBOT, ...argv], { env, extendEnv: false, reject: false, all: true });
    let printed = '';
    let typed = false;
    child.all.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const digest = DIGEST.exec(printed)?.[1];
      if (typed || digest === undefined || !printed.includes(ASKS)) return;
      typed = true;
      child.stdin.end(`${digest}\n`);
    });
    const { exitCode } = await child;
    return { code: exitCode ?? 1, printed };
  }

  return {
    async sitsDown(name) {
      sits = name;
      await seat(env['ROLLBOT_CONFIG'] ?? '', terminalSettings(people, userInfo().username, name));
      say(`          (${name} sits down at the machine that Rollbot runs on.)`);
    },
    async types(...argv) {
      say(`          ${sits}: $ rollbot ${argv.map(quoted).join(' ')}`);
      const typed = await runs(argv);
      for (const line of typed.printed.trimEnd().split('\n')) say(`            ${line}`);
      return typed;
    },
    async looks(...argv) {
      const { printed } = await runs([...argv, '--json']);
      return JSON.parse(printed) as unknown;
    },
  };
}

/** The bot may read the file at any moment, so it is whole at each. */
async function seat(file: string, settings: ReturnType<typeof terminalSettings>): Promise<void> {
  const known = parse(await readFile(file, 'utf8')) as Readonly<Record<string, unknown>>;
  await writeFile(`${file}.new`, stringify({ ...known, ...settings }, { lineWidth: 0 }));
  await rename(`${file}.new`, file);
}

function quoted(word: string): string {
  return /\s/.test(word) ? `"${word}"` : word;
}
