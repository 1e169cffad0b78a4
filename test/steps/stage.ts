import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { realClock } from '../../src/clock.ts';
import type { RunId, StepId } from '../../src/core/brand.ts';
import type { Clock, Log, StepAnswer, StepRequest, Steps } from '../../src/core/ports.ts';
import type { ResolvedAction } from '../../src/core/procedure/action.ts';
import { createSourceReader } from '../../src/readings/index.ts';
import { createSteps } from '../../src/steps/index.ts';

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
  perform(action: ResolvedAction, options?: Options): Promise<Performed>;
  close(): Promise<void>;
};

/** All that programs of tests need to be found. */
export const PATH = '/usr/local/bin:/usr/bin:/bin';

export async function createStage({ clock = realClock, graceMs = 300 }: { clock?: Clock; graceMs?: number } = {}): Promise<Stage> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'rollbot-steps-')));
  const scratch = join(folder, 'scratch');
  const logged: unknown[] = [];
  const note = (fields: object, message: string): void => void logged.push({ ...fields, message });
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const steps = createSteps({ clock, log, scratch: relative(process.cwd(), scratch), graceMs, readMetric: createSourceReader(clock) });
  return {
    steps,
    folder,
    scratch,
    logged,
    perform: async (action, options = {}) => await perform(steps, action, options),
    close: async () => await rm(folder, { recursive: true, force: true }),
  };
}

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
  const usual = { attempt: 1, effect: 'destructive', outputs: {}, timeoutMs: 20_000 } as const;
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
