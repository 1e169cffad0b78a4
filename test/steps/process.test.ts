import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isGroupAlive, startOf } from '../../src/steps/process-group.ts';
import { createStage, GRACE_MS, LIMIT_MS, program, until } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => (stage = await createStage()));
afterEach(async () => await stage.close());

const bash = (...args: string[]) => ({ kind: 'run', argv: ['bash', ...args], exit: [0] }) as const;
describe('at its time limit', () => {
  test('a program is asked to end, and nobody knows how far it came', async () => {
    const script = 'trap "echo asked; exit 0" TERM; sleep 600 & echo begun; wait';
    const { answer, output, processes } = await stage.perform(bash('-c', script), { onOutput: () => stage.clock.leap(LIMIT_MS) });
    expect(answer).toMatchObject({ status: 'unknown', reason: 'timeout', says: expect.stringMatching(/^It had not ended after 10 min/) });
    expect(output).toBe('begun\nasked\n');
    expect(await stage.steps.isAlive(processes[0]!)).toBe(false);
  });

  test('a program that ignores the request is killed after the grace period', async () => {
    const file = join(stage.folder, 'pid');
    const performed = stage.perform(bash(program('ignore-term.sh'), file));
    await numberIn(file);
    stage.clock.leap(LIMIT_MS);
    await graceIsOver(file);
    const { answer } = await performed;
    expect(answer).toMatchObject({ status: 'unknown', reason: 'timeout' });
    expect(await isRunning(await numberIn(file))).toBe(false);
  });

  test('what a program left running in its group ends with it', async () => {
    const file = join(stage.folder, 'late');
    const { promise: begun, resolve } = Promise.withResolvers<{ pgid: number }>();
    const performed = stage.perform(bash(program('leave-child.sh'), file), { onProcess: async (group) => resolve(group) });
    const { pgid } = await begun;
    await until(() => !existsSync(`/proc/${pgid}`));
    stage.clock.leap(LIMIT_MS);
    const { answer, output } = await performed;
    expect(answer).toMatchObject({ status: 'unknown', reason: 'timeout', says: expect.stringContaining('it left processes running') });
    expect(output).toBe('parent is done\n');
    expect(await isRunning(await numberIn(`${file}.pid`))).toBe(false);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });
});

describe('a step is not over', () => {
  test('before the last process of its group has ended', async () => {
    const file = join(stage.folder, 'late');
    const { answer } = await stage.perform(bash(program('leave-child.sh'), file, '0.2'));
    expect([answer.status, await readFile(file, 'utf8')]).toEqual(['ok', 'late\n']);
  });

  test('but whoever escapes the group can not hold it up by keeping its output open', async () => {
    const file = join(stage.folder, 'escaped');
    const { answer, output } = await stage.perform(bash(program('escape.sh'), file));
    const escaped = await numberIn(file);
    expect([answer.status, output, await isRunning(escaped)]).toEqual(['ok', 'parent is done\n', true]);
    process.kill(escaped, 'SIGKILL');
  });
});

describe('somebody ends it', () => {
  test.each([
    ['bot-stopped', 'Rollbot was stopped while it ran'],
    ['stopped-by-person', 'A person stopped it while it ran'],
  ] as const)('%s', async (reason, says) => {
    const controller = new AbortController();
    const file = join(stage.folder, 'pid');
    const performed = stage.perform(bash(program('ignore-term.sh'), file), { signal: controller.signal });
    const pid = await numberIn(file);
    controller.abort(reason);
    await graceIsOver(file);
    expect((await performed).answer).toEqual({ status: 'unknown', reason, says: expect.stringContaining(says) });
    expect(await isRunning(pid)).toBe(false);
  });

  test('before it began', async () => {
    const { answer, processes } = await stage.perform(bash('-c', 'echo'), { signal: AbortSignal.abort('bot-stopped') });
    expect([answer.status, processes]).toEqual(['unknown', []]);
  });

  test('while its record is still being written, and then it is never begun', async () => {
    const file = join(stage.folder, 'pid');
    const controller = new AbortController();
    const { answer, processes } = await stage.perform(bash(program('ignore-term.sh'), file), {
      signal: controller.signal,
      onProcess: async () => await new Promise<void>(() => controller.abort('stopped-by-person')),
    });
    expect(answer).toMatchObject({ status: 'unknown', reason: 'stopped-by-person' });
    expect(await stage.steps.isAlive(processes[0]!)).toBe(false);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  test('a stranger: it may have acted, so nobody knows', async () => {
    const { answer } = await stage.perform(bash('-c', 'kill -KILL $$'));
    expect(answer).toEqual({ status: 'unknown', reason: 'unclear', says: expect.stringContaining('"bash" was killed by SIGKILL') });
  });
});

describe('a group that an earlier bot started', () => {
  test('is alive until it is killed, also when it does not want to end', async () => {
    const file = join(stage.folder, 'pid');
    const group = await orphan('exec bash "$1" "$2"', program('ignore-term.sh'), file);
    await numberIn(file);
    expect(await stage.steps.isAlive(group)).toBe(true);
    const killed = stage.steps.kill(group);
    await graceIsOver(file);
    await killed;
    expect(await stage.steps.isAlive(group)).toBe(false);
  });

  test('is alive while any of its processes is, though the first has ended', async () => {
    const group = await orphan('read -r go; sleep 30 & disown; exit');
    await group.exited;
    expect(await stage.steps.isAlive(group)).toBe(true);
    await stage.steps.kill(group);
    expect(await stage.steps.isAlive(group)).toBe(false);
  });

  test('is neither alive nor killed when its number belongs to another process now', async () => {
    const group = await orphan('sleep 30');
    const earlier = { pgid: group.pgid, startedAt: group.startedAt.replace(/\d+$/, (ticks) => String(Number(ticks) - 1)) };
    expect(await stage.steps.isAlive(earlier)).toBe(false);
    await stage.steps.kill(earlier);
    expect(await isRunning(group.pgid)).toBe(true);
    await stage.steps.kill(group);
  });

  test('of another boot of the machine is not alive', async () => {
    const group = await orphan('read -r go; sleep 30 & disown; exit');
    await group.exited;
    const ticks = group.startedAt.split('/')[1];
    expect(await isGroupAlive({ ...group, startedAt: `another-boot/${ticks}` })).toBe(false);
    await stage.steps.kill(group);
  });

  test.each([0, 1, -1, 1.5, Number.NaN])('is never %d, which would mean everybody', async (pgid) => {
    expect(await stage.steps.isAlive({ pgid, startedAt: (await startOf(process.pid))! })).toBe(false);
    await stage.steps.kill({ pgid, startedAt: '' });
  });
});

async function orphan(script: string, ...args: readonly string[]): Promise<{ pgid: number; startedAt: string; exited: Promise<unknown> }> {
  const child = spawn('bash', ['-c', script, 'orphan', ...args], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  const exited = once(child, 'exit');
  await once(child, 'spawn');
  const startedAt = (await startOf(child.pid!))!;
  child.stdin.end('go\n');
  return { pgid: child.pid!, startedAt, exited };
}

/** Whoever has ended and was not yet collected is not running. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat !== null && !/\) [ZX] /.test(stat);
}

/** Waits until `ignore-term.sh` has been asked to end, and then leaps over what it was given for that. */
async function graceIsOver(file: string): Promise<void> {
  await until(() => existsSync(`${file}.asked`));
  stage.clock.leap(GRACE_MS);
}

async function numberIn(file: string): Promise<number> {
  let number = 0;
  await until(async () => (number = Number(await readFile(file, 'utf8').catch(() => ''))) > 0);
  return number;
}
