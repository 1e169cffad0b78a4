import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { RunId, StepId } from '../../src/core/brand.ts';
import type { Log, StepAnswer, StepRequest, Steps } from '../../src/core/ports.ts';
import type { ResolvedAction } from '../../src/core/procedure/action.ts';
import { createSourceReader } from '../../src/readings/index.ts';
import { createSteps } from '../../src/steps/index.ts';
import { createLeapingClock } from './leaping-clock.ts';
import type { LeapingClock } from './leaping-clock.ts';

export type Performed = {
  readonly answer: StepAnswer;
  readonly output: string;
  readonly processes: readonly { readonly pgid: number; readonly startedAt: string }[];
};
export type Options = Partial<Omit<StepRequest, 'run' | 'step' | 'action' | 'target'>> & {
  readonly run?: string;
  readonly step?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly onProcess?: (process: { readonly pgid: number; readonly startedAt: string }) => Promise<void>;
  readonly onOutput?: (text: string) => void;
};

/** The real executor in a folder of its own, and a short way to have it perform something. */
export type Stage = {
  readonly steps: Steps;
  /** For files and repositories of the test. */
  readonly folder: string;
  readonly scratch: string;
  readonly logged: unknown[];
  readonly clock: LeapingClock;
  perform(action: ResolvedAction, options?: Options): Promise<Performed>;
  close(): Promise<void>;
};

/** All that programs of tests need to be found. */
export const PATH = '/usr/local/bin:/usr/bin:/bin';

/** How long a program of a test has to end when it is asked to. It costs nothing, because a test leaps over it. */
export const GRACE_MS = 60_000;

export async function createStage(): Promise<Stage> {
  const clock = createLeapingClock();
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'rollbot-steps-')));
  const scratch = join(folder, 'scratch');
  const logged: unknown[] = [];
  const note = (fields: object, message: string): void => void logged.push({ ...fields, message });
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const steps = createSteps({
    clock,
    log,
    scratch: relative(process.cwd(), scratch),
    graceMs: GRACE_MS,
    readMetric: createSourceReader(clock),
  });
  return {
    steps,
    folder,
    scratch,
    logged,
    clock,
    perform: async (action, options = {}) => await perform(steps, action, options),
    close: async () => await rm(folder, { recursive: true, force: true }),
  };
}

/** The time that a step has, unless a test says otherwise. No test waits for it. */
export const LIMIT_MS = 600_000;

/** One of the little programs beside this file. */
export function program(name: string): string {
  return join(import.meta.dirname, 'programs', name);
}

/** Waits for a condition; the test's own timeout is the limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function perform(steps: Steps, action: ResolvedAction, options: Options): Promise<Performed> {
  const { run = 'r1', step = 'do-it', env = { PATH }, secrets = {}, signal, onProcess, onOutput, ...rest } = options;
  const processes: { pgid: number; startedAt: string }[] = [];
  let output = '';
  const secret = async (name: string): Promise<string> => {
    const value = secrets[name];
    if (value === undefined) throw new Error(`The file of "${name}" does not exist.`);
    return value;
  };
  const usual = { attempt: 1, effect: 'destructive', outputs: {}, timeoutMs: LIMIT_MS } as const;
  const request = { ...usual, ...rest, run: run as RunId, step: step as StepId, action, target: { env, secret } };
  const answer = await steps.perform(request, {
    signal: signal ?? new AbortController().signal,
    async onProcess(process) {
      processes.push(process);
      await onProcess?.(process);
    },
    onOutput(text) {
      output += text;
      onOutput?.(text);
    },
  });
  return { answer, output, processes };
}
