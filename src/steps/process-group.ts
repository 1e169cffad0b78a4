import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Clock } from '../core/ports.ts';
import { startPause } from './deadline.ts';

/** A group of processes that began with one program; the start time tells it from a later one with the same number. */
export type ProcessGroup = { readonly pgid: number; readonly startedAt: string };

const FIRST_LOOK_MS = 10;
const LOOK_EVERY_MS = 250;

/** When a process began, in a form that only compares: it differs after a reboot, and for another process of the same number. */
export async function startOf(pid: number): Promise<string | null> {
  const stat = await readStat(pid);
  if (stat) return `${await bootId()}/${stat.start}`;
  return (await hasProc()) ? null : await startByPs(pid);
}

/** Whether any process of this very group still runs; those that have ended and were not yet collected don't count. */
export async function isGroupAlive({ pgid, startedAt }: ProcessGroup): Promise<boolean> {
  if (!exists(pgid)) return false;
  const start = await startOf(pgid);
  if (start !== null && start !== startedAt) return false;
  if (!(await hasProc())) return true;
  const leader = await readStat(pgid);
  if (leader) return !leader.ended || (await anyMember(pgid));
  return startedAt.startsWith(`${await bootId()}/`) && (await anyMember(pgid));
}

/** Ends a group: politely, and after the grace period for certain. Answers false if even that did not end it in time. */
export async function endGroup(group: ProcessGroup, { clock, graceMs }: { clock: Clock; graceMs: number }): Promise<boolean> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!(await isGroupAlive(group))) return true;
    send(group.pgid, signal);
    if (await isGone(group, clock, graceMs)) return true;
  }
  return false;
}

/** Resolves when the last process of a group has ended, or false as soon as `stop` says so. */
export async function groupEnd(group: ProcessGroup, clock: Clock, stop: () => boolean): Promise<boolean> {
  for (let pauseMs = FIRST_LOOK_MS; await isGroupAlive(group); pauseMs = Math.min(pauseMs * 2, LOOK_EVERY_MS)) {
    if (stop()) return false;
    await startPause(clock, pauseMs).over;
  }
  return true;
}

async function isGone(group: ProcessGroup, clock: Clock, withinMs: number): Promise<boolean> {
  const until = clock.monotonicMs() + withinMs;
  return await groupEnd(group, clock, () => clock.monotonicMs() >= until);
}

function exists(pgid: number): boolean {
  return send(pgid, 0);
}

/** Numbers below 2 mean "everybody" to the system and are never signalled. */
function send(pgid: number, signal: NodeJS.Signals | 0): boolean {
  if (!Number.isSafeInteger(pgid) || pgid < 2) return false;
  try {
    return process.kill(-pgid, signal);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

type Stat = { readonly ended: boolean; readonly group: number; readonly start: string };

/** Fields 3, 5 and 22 of `/proc/<pid>/stat`; the name before them may hold anything, brackets too. */
async function readStat(pid: number | string): Promise<Stat | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { ended: /^[ZXx]$/.test(fields[0] ?? ''), group: Number(fields[2]), start: fields[19] ?? '' };
}

async function anyMember(pgid: number): Promise<boolean> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map(readStat));
  return stats.some((stat) => stat?.group === pgid && !stat.ended);
}

async function hasProc(): Promise<boolean> {
  return (await readStat('self')) !== null;
}

async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => 'boot')).trim();
}

async function startByPs(pid: number): Promise<string | null> {
  const options = { env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } };
  const listed = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], options).catch(() => null);
  return listed?.stdout.trim() || null;
}
