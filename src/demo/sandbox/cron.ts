import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Clock } from '../../core/ports.ts';

type CronOptions = {
  readonly clock: Clock;
  /** The file that the sandbox's `crontab` writes. */
  readonly table: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** Every line is run once in this time, whatever its five fields say. */
  readonly everyMs: number;
  /** Commands that come from elsewhere and are in no crontab. */
  readonly others: () => readonly string[];
};

/** Runs the lines of the sandbox's crontab, with its hours shortened to seconds. */
export type Cron = {
  /** Resolves as soon as no job is at work. */
  readonly quiet: () => Promise<void>;
  /** Does the work while no job is at work, and none begins. */
  readonly meanwhile: (work: () => Promise<void>) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export function startCron({ clock, table, home, env, everyMs, others }: CronOptions): Cron {
  const jobs = new Map<string, { readonly child: ChildProcess; readonly ended: Promise<void> }>();
  let starting: Promise<void> = Promise.resolve();
  let resting = false;
  let cancel = clock.after(everyMs, tick);

  function tick(): void {
    cancel = clock.after(everyMs, tick);
    starting = readFile(table, 'utf8')
      .catch(() => '')
      .then((text) => [...commandsOf(text), ...others()].forEach(start));
  }

  function start(command: string): void {
    if (resting || jobs.has(command)) return;
    const child = spawn('/bin/sh', ['-c', command], { cwd: home, env, detached: true, stdio: 'ignore' });
    const ended = new Promise<void>((resolve) => child.once('error', () => resolve()).once('exit', () => resolve()));
    jobs.set(command, { child, ended });
    void ended.then(() => jobs.delete(command));
  }

  async function quiet(): Promise<void> {
    await starting;
    while (jobs.size > 0) await Promise.all([...jobs.values()].map(({ ended }) => ended));
  }

  return {
    quiet,
    async meanwhile(work) {
      resting = true;
      try {
        await quiet();
        await work();
      } finally {
        resting = false;
      }
    },
    async stop() {
      resting = true;
      cancel();
      for (const { child } of jobs.values()) killGroup(child);
      await quiet();
    },
  };
}

/** The commands of a crontab: what follows the five fields, or `@daily` and the like. */
export function commandsOf(crontab: string): readonly string[] {
  const lines = crontab.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '' && !line.startsWith('#') && !/^\w+\s*=/.test(line))
    .flatMap((line) => /^(?:@\w+|(?:\S+\s+){4}\S+)\s+(.+)$/.exec(line)?.[1] ?? []);
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself in the meantime.
  }
}
