import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../core/ports.ts';
import { startPause } from './deadline.ts';
import type { Deadline, StopReason } from './deadline.ts';
import { codeIn, reasonIn } from './deed.ts';
import { endGroup, groupEnd, startOf } from './process-group.ts';
import type { ProcessGroup } from './process-group.ts';
import { findProgram, mistakeInFolder } from './program-path.ts';

export type Program = {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** All of its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Its standard input, which is empty where this is left out. */
  readonly stdin?: string | Uint8Array;
};

export type ByteSink = { write(chunk: Uint8Array): void };

export type ProgramWatch = {
  readonly clock: Clock;
  readonly graceMs: number;
  readonly deadline: Deadline;
  /** Awaited before the program does anything; if it throws, the program is not begun. */
  onProcess(group: ProcessGroup): Promise<void>;
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
};

export type ProgramEnd =
  /** Nothing has happened. */
  | { readonly how: 'not-begun'; readonly says: string }
  | { readonly how: 'exited'; readonly exit: number }
  /** By a signal that did not come from here. */
  | { readonly how: 'killed'; readonly signal: string }
  /** From here; `exit` where the program itself had ended and only what it left behind had not. */
  | { readonly how: 'stopped'; readonly why: StopReason; readonly exit: number | null };

/** Waits for the word that its process is on record, and only then becomes the program, under the same number. */
const GATE = 'read -r word <&3 && [ "$word" = go ] || exit 125; unset PWD OLDPWD SHLVL; exec "$@" 3<&-';
/** Output that is still on its way when all processes have ended gets this long; whoever escaped the group can't hold it open. */
const DRAIN_MS = 1000;

/** Runs a program in a process group of its own until all of the group has ended, or ends it at the deadline. */
export async function runProgram(program: Program, watch: ProgramWatch): Promise<ProgramEnd> {
  const mistake = await mistakeInFolder(program.cwd);
  if (mistake !== null) return notBegun(mistake);
  const found = await findProgram(program.argv[0] ?? '', program);
  if ('mistake' in found) return notBegun(found.mistake);
  const child = await spawnGate(found.path, program);
  if ('mistake' in child) return notBegun(child.mistake);
  const drained = Promise.all([read(child.stdout, watch.stdout), read(child.stderr, watch.stderr)]);
  const end = await follow(child, program, watch);
  const patience = startPause(watch.clock, DRAIN_MS);
  // A machine that stalls lets the time pass before anything is read, so what has arrived by then is still read.
  await Promise.race([drained, patience.over.then(async () => await nextTurn())]);
  patience.cancel();
  for (const stream of child.stdio) stream?.destroy();
  return end;
}

type Started = ChildProcess & { readonly pid: number };

async function spawnGate(path: string, { argv, cwd, env, stdin }: Program): Promise<Started | { mistake: string }> {
  const stdio: StdioOptions = [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', 'pipe'];
  try {
    const child = spawn('/bin/sh', ['-c', GATE, 'rollbot', path, ...argv.slice(1)], { cwd, env, stdio, detached: true });
    child.stdio.forEach((stream) => stream?.on('error', () => undefined));
    await once(child, 'spawn');
    return child as Started;
  } catch (error) {
    const why = codeIn(error) === 'E2BIG' ? 'its arguments and environment are too long' : reasonIn(error);
    return { mistake: `"${argv[0]}" could not be started, so nothing was done: ${why}.` };
  }
}

async function follow(child: Started, program: Program, watch: ProgramWatch): Promise<ProgramEnd> {
  const { clock, deadline } = watch;
  const exited = exitOf(child);
  const startedAt = await startOf(child.pid);
  if (startedAt === null) return notBegun(await givenUp(child, exited, 'its process ended before it began'));
  const group = { pgid: child.pid, startedAt };
  try {
    const recorded = await deadline.within(watch.onProcess(group));
    if (recorded) openGate(child, program);
  } catch (error) {
    return notBegun(await givenUp(child, exited, reasonIn(error)));
  }
  const exit = await deadline.within(exited);
  const isOver = exit !== null && (await groupEnd(group, clock, () => deadline.signal.aborted));
  if (isOver)
    return exit.value.signal === null ? { how: 'exited', exit: exit.value.code ?? 0 } : { how: 'killed', signal: exit.value.signal };
  await endGroup(group, watch);
  return { how: 'stopped', why: deadline.signal.reason as StopReason, exit: exit?.value.code ?? null };
}

function openGate(child: Started, { stdin }: Program): void {
  (child.stdio[3] as Writable).end('go\n');
  child.stdin?.end(stdin);
}

/** A gate that closes without the word ends its process. */
async function givenUp(child: Started, exited: Promise<Exit>, why: string): Promise<string> {
  (child.stdio[3] as Writable).end();
  await exited;
  return `It was not begun, so nothing was done: ${why}`;
}

type Exit = { readonly code: number | null; readonly signal: string | null };

async function exitOf(child: ChildProcess): Promise<Exit> {
  return await new Promise((resolve) => void child.once('exit', (code, signal) => resolve({ code, signal })));
}

async function read(stream: Readable | null, sink: ByteSink): Promise<void> {
  stream?.on('data', (chunk: Uint8Array) => sink.write(chunk));
  await new Promise<void>((resolve) => void stream?.once('close', resolve));
}

function notBegun(says: string): ProgramEnd {
  return { how: 'not-begun', says };
}
