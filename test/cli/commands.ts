import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { runCli } from '../../src/cli.ts';
import { realClock, realIds } from '../../src/clock.ts';

const SETTINGS = `
targets: { production: { protected: true, default: true, vars: { shop: /nowhere, post_office: 'http://127.0.0.1:9' } }, staging: { vars: { shop: /nowhere, post_office: x } } }
roles:
  lead-developer: { people: [U001DANA] }
  devops-engineer: { people: [U002OMAR] }
  database-admin: { people: [U003MINA] }
  product-owner: { people: [U001DANA] }
start: { '*': [lead-developer] }
channels: {}
severities: { sev1: { title: Nobody can buy }, sev2: { title: It is slow } }
terminal: { people: { ${userInfo().username}: { slack: U001DANA, name: dana } } }
`;

export type Said = { readonly code: number; readonly out: string; readonly err: string };

/** A command that is still under way: what it has printed, and what a Ctrl+C would do. */
export type Typed = { readonly out: () => string; readonly stop: () => void; readonly ended: Promise<Said> };

export type Commands = {
  readonly types: (...words: readonly string[]) => Typed;
  readonly says: (...words: readonly string[]) => Promise<Said>;
};

/** Runs commands on a database of their own, in a process in which nobody sits at a window; `more` is added to rollbot.yml. */
export async function withCommands(work: (commands: Commands) => Promise<void>, more = ''): Promise<void> {
  const folder = await mkdtemp('/tmp/rollbot-cli-');
  await writeFile(path.join(folder, 'rollbot.yml'), `${SETTINGS}${more}`);
  const environment = {
    DATABASE_URL: `sqlite:${path.join(folder, 'data', 'rollbot.db')}`,
    ROLLBOT_CONFIG: path.join(folder, 'rollbot.yml'),
    ROLLBOT_PROCEDURES: path.resolve('test/fixtures/stories/procedures'),
    ROLLBOT_REPORTS: path.join(folder, 'incidents'),
  };
  function types(...argv: readonly string[]): Typed {
    const [out, err]: [string[], string[]] = [[], []];
    const stops: (() => void)[] = [];
    const ended = runCli({
      argv,
      environment,
      stdout: { write: (text: string) => out.push(text) },
      stderr: { write: (text: string) => err.push(text) },
      ask: async () => await Promise.resolve(null),
      clock: realClock,
      ids: realIds,
      process: { pid: process.pid, startedAt: 0 },
      onSignal: (listener) => void stops.push(listener),
      exit: () => {},
    });
    return {
      out: () => out.join(''),
      stop: () => {
        for (const stop of stops) stop();
      },
      ended: ended.then((code) => ({ code, out: out.join(''), err: err.join('') })),
    };
  }
  try {
    await work({ types, says: async (...words) => await types(...words).ended });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
