import { execFile } from 'node:child_process';
import { chmod, chown, copyFile, cp, mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Stage, Step } from './dockerfile.ts';

export type Image = {
  /** The folder that is `/` in a container. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly workdir: string;
  readonly volumes: readonly string[];
  readonly healthcheck: readonly string[];
  readonly command: readonly string[];
};

export type Context = { readonly folder: string; readonly ignored: (path: string) => boolean };

/** The user without rights that stands for the image's own. */
export const USER_ID = 65_534;

const NOT_HANDED_ON = /^(npm_(?!config_)|npm_config_(local_|global_)?prefix$|VITEST|NODE_ENV$|NODE_OPTIONS$)/;
const COMMAND_LIMIT_MS = 90_000;

type Layer = { -readonly [Key in keyof Image]: Image[Key] } & { readonly stages: ReadonlyMap<string, string>; readonly context: Context };

/** Carries out the stages of a Dockerfile in folders, as far as that goes without an engine, and answers with the last one. */
export async function buildImage(stages: readonly Stage[], context: Context, into: string): Promise<Image> {
  const roots = new Map<string, string>();
  let layer: Layer | null = null;
  for (const [index, { name, steps }] of stages.entries()) {
    const root = path.join(into, String(index));
    layer = { root, env: {}, workdir: '/', volumes: [], healthcheck: [], command: [], stages: roots, context };
    await layBase(root);
    for (const step of steps) await carryOut(step, layer);
    if (name !== null) roots.set(name, root);
  }
  if (layer === null) throw new Error('The Dockerfile has no FROM.');
  return layer;
}

/** What the base image brings: Node, the user, and the folders that a container mounts something on. */
async function layBase(root: string): Promise<void> {
  for (const folder of ['usr', 'etc/ssl', 'proc', 'dev', 'tmp', 'mnt']) await mkdir(path.join(root, folder), { recursive: true });
  for (const link of ['bin', 'sbin', 'lib', 'lib64']) await symlink(`usr/${link}`, path.join(root, link));
  await mkdir(path.join(root, 'usr/local/bin'), { recursive: true });
  await copyFile(process.execPath, path.join(root, 'usr/local/bin/node'));
  await chmod(path.join(root, 'usr/local/bin/node'), 0o755);
  await writeFile(path.join(root, 'etc/passwd'), `root:x:0:0::/root:/bin/sh\nnode:x:${USER_ID}:${USER_ID}::/home/node:/bin/bash\n`);
  await writeFile(path.join(root, 'etc/group'), `root:x:0:\nnode:x:${USER_ID}:\n`);
}

async function carryOut(step: Step, layer: Layer): Promise<void> {
  switch (step.kind) {
    case 'workdir':
      layer.workdir = path.posix.resolve(layer.workdir, step.value);
      await mkdir(path.join(layer.root, layer.workdir), { recursive: true });
      break;
    case 'copy':
      for (const source of step.sources) await copy(source, step, layer);
      break;
    case 'run':
      for (const command of step.commands) await runCommand(command, layer);
      break;
    case 'env':
      layer.env = { ...layer.env, ...step.values };
      break;
    case 'volume':
      layer.volumes = step.words;
      break;
    case 'healthcheck':
      layer.healthcheck = step.words;
      break;
    case 'entrypoint':
      layer.command = step.words;
      break;
    case 'cmd':
      layer.command = [...layer.command, ...step.words];
      break;
    case 'user':
    case 'expose':
      break;
    default:
      throw step satisfies never;
  }
}

type Copy = Extract<Step, { kind: 'copy' }>;

/** As Docker copies: of a folder its content, and what the context leaves out is not there at all. */
async function copy(source: string, { from, to }: Copy, { root, workdir, stages, context }: Layer): Promise<void> {
  const stage = from === null ? null : stages.get(from);
  if (stage === undefined) throw new Error(`There is no stage ${from} to copy from.`);
  const found = stage === null ? path.join(context.folder, source) : path.join(stage, source);
  if (stage === null && context.ignored(source)) throw new Error(`.dockerignore leaves out ${source}, which the Dockerfile copies.`);
  const target = path.join(root, path.posix.resolve(workdir, to));
  const isFolder = (await stat(found)).isDirectory();
  const place = !isFolder && to.endsWith('/') ? path.join(target, path.basename(source)) : target;
  const filter = (file: string): boolean => stage !== null || !context.ignored(path.relative(context.folder, file));
  await cp(found, place, { recursive: true, verbatimSymlinks: true, filter });
}

/** What a RUN may do, each with how it is done here; a command that is not among these fails the test. */
async function runCommand(words: readonly string[], { root, workdir }: Layer): Promise<void> {
  const cwd = path.join(root, workdir);
  const line = words.join(' ');
  const [program = '', ...rest] = words;
  if (/^(apt-get update|apt-get install -y .*|rm -rf \/var\/lib\/apt\/lists\/\*|npm cache clean --force)$/.test(line)) return;
  if (line.startsWith('npm ci ')) return await execute(program, rest, cwd);
  if (line.startsWith('npm install --global ')) {
    return await execute(program, rest, cwd, { npm_config_prefix: path.join(root, 'usr/local') });
  }
  if (line.startsWith('git config --system ')) {
    return await execute(program, rest, cwd, { GIT_CONFIG_SYSTEM: path.join(root, 'etc/gitconfig') });
  }
  if (program === 'mkdir' || line.startsWith('rm -rf node_modules/')) return await execute(program, rest, cwd);
  if (line.startsWith('chown -R node:node ')) {
    if (process.getuid?.() === 0) for (const folder of rest.slice(2)) await chown(path.join(cwd, folder), USER_ID, USER_ID);
    return;
  }
  throw new Error(`Found RUN ${line}, which this test can't carry out: teach it, or do without.`);
}

/** With this machine's own settings of npm, but nothing of the npm or the test that we may be running under. */
async function execute(program: string, words: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<void> {
  const own = Object.entries(process.env).filter(([name]) => !NOT_HANDED_ON.test(name));
  await promisify(execFile)(program, words, { cwd, env: { ...Object.fromEntries(own), ...env }, timeout: COMMAND_LIMIT_MS });
}
