import { userInfo } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { runCli } from '../../src/cli.ts';
import { realClock, realIds } from '../../src/clock.ts';
import type { LightWorld } from './light-world.ts';

export type Said = { readonly code: number; readonly out: string; readonly err: string };

/** Settings by which whoever runs the tests is one of the people, at the host of the bot. */
export function sitsAtTheHost(people: Readonly<Record<string, string>>, name: string) {
  return { terminal: { people: { [userInfo().username]: { slack: people[name] ?? '', name } } } };
}

/** Settings by which several people may use the terminal; the first of them sits at the host. */
export function sitAtTheHost(people: Readonly<Record<string, string>>, first: string, ...others: readonly string[]) {
  const away = others.map((name) => [`${name}-elsewhere`, { slack: people[name] ?? '', name }]);
  return { terminal: { people: { ...sitsAtTheHost(people, first).terminal.people, ...Object.fromEntries(away) } } };
}

/** Somebody else takes the seat at the host. */
export async function sitsDown(world: LightWorld, name: 'dana' | 'omar'): Promise<void> {
  await world.edit('rollbot.yml', (text) => {
    const settings = parse(text) as { terminal: { people: Record<string, object> } };
    settings.terminal.people[userInfo().username] = { slack: world[name].id, name };
    return stringify(settings);
  });
}

/** What is typed there, to the bot that runs: `answers` when it asks, `onSignal` gets what a Ctrl+C would call, and `heard` what it prints, as it does. */
export async function typedAtTheHost(
  { folder }: LightWorld,
  argv: readonly string[],
  how: { readonly onSignal?: (stop: () => void) => unknown; readonly answers?: readonly string[]; readonly heard?: string[] } = {},
): Promise<Said> {
  const { onSignal = () => {}, heard: out = [] } = how;
  const err: string[] = [];
  const answers = [...(how.answers ?? [])];
  const code = await runCli({
    argv,
    environment: { DATABASE_URL: `sqlite:${path.join(folder, 'data', 'rollbot.db')}`, ROLLBOT_CONFIG: path.join(folder, 'rollbot.yml') },
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text) },
    ask: async () => await Promise.resolve(answers.shift() ?? null),
    clock: realClock,
    ids: realIds,
    process: { pid: process.pid, startedAt: 0 },
    onSignal,
    exit: () => {},
  });
  return { code, out: out.join(''), err: err.join('') };
}
