import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { readRuntime } from '../../src/cli/export-runtime.ts';
import { exportScript } from '../../src/core/export/script.ts';
import { pinTargetNamed } from '../../src/runner/index.ts';
import { workplace } from '../catalog/workplace.ts';

/** What the target of a small script has: a file to write into, and secrets. */
const settings = (folder: string, isProtected: boolean): string => `targets:
  production:
    default: true
${isProtected ? '    protected: true\n' : ''}    vars: { trace: '${folder}/trace', folder: '${folder}' }
    secrets: { api_token: { env: API_TOKEN }, redis_url: { env: REDIS_URL }, database_url: { env: DATABASE_URL } }
    env: { PATH: '${process.env['PATH']}' }
    last-good: { worker:api: v1 }
roles:
  lead-developer: { people: [U0DANA] }
  devops-engineer: { people: [U0OMAR] }
start: { '*': [lead-developer] }
channels: { prefix: inc }
`;

export type SmallOptions = {
  readonly protected?: boolean;
  readonly metrics?: string;
  readonly drill?: boolean;
};
export type Run = {
  readonly args?: readonly string[];
  readonly answers?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where bash is, if PATH does not say it. */
  readonly bash?: string;
  /** Called when the script has begun, with a way to end it. */
  readonly meanwhile?: (kill: (signal: NodeJS.Signals) => void) => Promise<void>;
};

/** A procedure as a script in a folder of its own. */
export async function smallScript(procedure: string, { protected: isProtected = true, metrics = '', drill = false }: SmallOptions = {}) {
  const place = await workplace({ 'procedures/try.yml': procedure, trace: '' });
  await place.write('rollbot.yml', `${settings(place.root, isProtected)}${metrics}`);
  const opened = await place.open();
  if (opened.status === 'unusable') throw new Error(place.say(opened.mistakes).join('\n'));
  const entry = opened.catalog.procedure('try');
  if (!entry) throw new Error(place.say(opened.catalog.mistakes()).join('\n'));
  const target = { name: 'production', target: opened.catalog.settings().targets['production']! };
  const pinned = pinTargetNamed(opened.catalog, 'production')!;
  const runtime = await readRuntime();
  const order = { entry, target, pinned, params: {}, drill };
  const file = join(place.root, 'rollback.sh');
  const state = join(place.root, 'state');

  return {
    root: place.root,
    file,
    export: (more: Partial<typeof order> = {}) => exportScript({ ...order, ...more }, runtime),
    async run({ args = [], answers = [], env = {}, bash = 'bash', meanwhile }: Run = {}) {
      const exported = exportScript(order, runtime);
      if ('mistakes' in exported) throw new Error(exported.mistakes.join('\n'));
      await writeFile(file, exported.text, { mode: 0o755 });
      const running = execa(bash, [file, '--state', state, ...args], {
        env: {
          PATH: process.env['PATH'],
          HOME: place.root,
          API_TOKEN: 'S3cr3t/+p@ss',
          REDIS_URL: 'redis://127.0.0.1:1',
          DATABASE_URL: 'none',
          ...env,
        },
        extendEnv: false,
        reject: false,
        all: true,
        cwd: place.root,
        ...(meanwhile ? { stdin: 'pipe' as const } : { input: answers.map((line) => `${line}\n`).join('') }),
      });
      if (meanwhile) {
        for (const line of answers) running.stdin?.write(`${line}\n`);
        await meanwhile((signal) => void running.kill(signal));
      }
      const { exitCode, all } = await running;
      return { status: exitCode, said: all.replaceAll(place.root, '<folder>').replaceAll(/s\d{8}-\d{6}-\d+/g, '<run>') };
    },
    /** What the steps have done, in order. */
    trace: async (): Promise<readonly string[]> => {
      const text = await readFile(join(place.root, 'trace'), 'utf8').catch(() => '');
      return text.split('\n').filter((line) => line !== '');
    },
    logText: async (): Promise<string> => await readFile(join(state, 'production.jsonl'), 'utf8').catch(() => ''),
    async log(): Promise<readonly Readonly<Record<string, string>>[]> {
      const lines = (await this.logText()).split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line) as Readonly<Record<string, string>>);
    },
    [Symbol.asyncDispose]: async (): Promise<void> => await place[Symbol.asyncDispose](),
  };
}
