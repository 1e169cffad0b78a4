import type { CheckReading } from '../core/incident/command.ts';
import type { RunId, StepId, StreamId, TokenId } from '../core/brand.ts';
import { sha256 } from '../core/digest.ts';
import { fillContextOf } from '../core/incident/binding.ts';
import type { IncidentFact } from '../core/incident/event.ts';
import { runOf, stepOf } from '../core/incident/state.ts';
import type { Run, RunStep } from '../core/incident/state.ts';
import { fillAction, fillExpect, Unfillable } from '../core/fill.ts';
import type { Probe, ResolvedAction } from '../core/procedure/action.ts';
import type { Clock, Ids, Log, StepAnswer, StepRequest, StepWatch, Steps, Store, TargetAccess } from '../core/ports.ts';
import type { Journal } from './journal.ts';
import type { Orphans } from './orphans.ts';
import { untilWritten } from './until-written.ts';

export type Intended = Extract<IncidentFact, { type: 'step-intended' }>;

/** Does what an intent says, and records how it ended. */
export type Performer = {
  perform(stream: StreamId, intended: Intended): Promise<void>;
  /** Whether a step is acted on at this moment. */
  isPerforming(run: RunId, step: StepId): boolean;
  /** Asks a step's own check; `done: null` where it could not tell. */
  check(run: Run, step: RunStep): Promise<CheckReading>;
  /** Ends what runs of these steps, as somebody asked. */
  abort(run: RunId, why: 'stopped-by-person'): void;
  /** Gives running steps `graceMs` to end by themselves, then ends them; answers when all are recorded. */
  stop(graceMs: number): Promise<void>;
};

export type PerformerParts = {
  readonly journal: Journal;
  readonly store: Store;
  readonly steps: Steps;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly orphans: Orphans;
  readonly access: (run: Run) => TargetAccess;
};

/** How often growing output is saved, so that a long step can be watched. */
const SAVE_EVERY_MS = 1000;

/** Builds the performer; it holds nothing but what is running at this moment. */
export function createPerformer(parts: PerformerParts): Performer {
  const running = new Map<string, { run: RunId; step: StepId; controller: AbortController; ended: Promise<void> }>();
  const checks = new Set<Promise<unknown>>();
  const bot = new AbortController();

  async function perform(stream: StreamId, intended: Intended): Promise<void> {
    const controller = new AbortController();
    const ended = performOne(parts, stream, intended, { step: controller.signal, bot: bot.signal });
    const key = `${intended.run}/${intended.step}/${intended.attempt}`;
    running.set(key, { run: intended.run, step: intended.step, controller, ended });
    await ended.finally(() => running.delete(key));
  }

  return {
    perform,
    isPerforming: (run, step) => [...running.values()].some((each) => each.run === run && each.step === step),
    async check(run, step) {
      const asked = checkOne(parts, run, step, bot.signal);
      checks.add(asked);
      return await asked.finally(() => checks.delete(asked));
    },
    abort(run, why) {
      for (const each of running.values()) if (each.run === run) each.controller.abort(why);
    },
    async stop(graceMs) {
      const all = Promise.allSettled([...running.values()].map((each) => each.ended));
      await Promise.race([all, new Promise<void>((resolve) => parts.clock.after(graceMs, resolve))]);
      bot.abort();
      for (const each of running.values()) each.controller.abort('bot-stopped');
      await Promise.allSettled([all, ...checks]);
    },
  };
}

type Signals = {
  /** Ends the step itself. */
  readonly step: AbortSignal;
  /** The bot ends, so nothing is tried again. */
  readonly bot: AbortSignal;
};

async function performOne(parts: PerformerParts, stream: StreamId, intended: Intended, signals: Signals): Promise<void> {
  const { clock } = parts;
  const began = clock.monotonicMs();
  const output = outputSaver(parts, intended);
  const request = await requestOf(parts, stream, intended);
  const answer = 'status' in request ? request : await answerOf(parts, request, watchOf(parts, stream, intended, signals, output));
  const summary = await output.finish();
  const durationMs = Math.round(clock.monotonicMs() - began);
  parts.log.info({ ...placeOf(intended), status: answer.status, durationMs }, 'step ended');
  const write = async (): Promise<void> => await record(parts, stream, intended, answer, { durationMs, output: summary });
  await untilWritten({ ...parts, bot: signals.bot, about: placeOf(intended) }, write);
}

/** What the steps are asked for; where that can't be said the step has failed, and nothing was done. */
async function requestOf(parts: PerformerParts, stream: StreamId, intended: Intended): Promise<StepRequest | StepAnswer> {
  try {
    const { state } = await parts.journal.load(stream);
    const run = runOf(state, intended.run);
    const step = run && stepOf(run, intended.step);
    if (!run || !step) throw new Error(`The intent of ${intended.run}/${intended.step} has no step.`);
    return requestFor(parts, run, step, step.plan.probe, intended.action);
  } catch (error) {
    return { status: 'failed', says: `Nothing was done: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function watchOf({ journal }: PerformerParts, stream: StreamId, intended: Intended, signals: Signals, output: OutputSaver): StepWatch {
  return {
    signal: signals.step,
    onOutput: (text) => output.add(text),
    onProcess: async ({ pgid, startedAt }) => {
      const noted = await journal.apply(stream, { kind: 'note-process', ...placeOf(intended), pgid, processStartedAt: startedAt });
      if (noted.status !== 'done') throw new Error('The process could not be recorded, so it was not begun.');
    },
  };
}

function placeOf({ run, step, attempt }: Intended): Pick<Intended, 'run' | 'step' | 'attempt'> {
  return { run, step, attempt };
}

/** A port that throws has a bug; what it did is unknown, and is treated so. Its words went through no redactor, so nobody reads them. */
async function answerOf({ steps, log }: PerformerParts, request: StepRequest, watch: StepWatch): Promise<StepAnswer> {
  try {
    return await steps.perform(request, watch);
  } catch (error) {
    const { run, step, attempt } = request;
    log.error(
      { run, step, attempt, kind: error instanceof Error ? error.name : typeof error },
      'a step broke off with an error of our own',
    );
    return { status: 'unknown', reason: 'unclear', says: 'Rollbot itself broke off, so nobody knows how far it came.' };
  }
}

type Summary = { durationMs: number; output: { digest: ReturnType<typeof sha256>; bytes: number; dropped: number } | null };

async function record(parts: PerformerParts, stream: StreamId, intended: Intended, answer: StepAnswer, summary: Summary): Promise<void> {
  const at = placeOf(intended);
  const { executor } = intended;
  if (answer.status === 'unknown') {
    const token = parts.ids.token() as TokenId;
    const left = await processLeft(parts, stream, intended);
    await parts.journal.apply(stream, { kind: 'lose-step', ...at, reason: answer.reason, alive: left !== null, token });
    if (left) parts.orphans.watch(stream, at, left);
  } else {
    await parts.journal.apply(stream, { kind: 'finish-step', ...at, executor, answer, ...summary });
  }
}

/** What a step has begun and even SIGKILL did not end in time, such as a process that waits for a dead disk. */
async function processLeft({ journal, steps }: PerformerParts, stream: StreamId, { run: runId, step: id }: Intended) {
  const { state } = await journal.load(stream);
  const run = runOf(state, runId);
  const step = run && stepOf(run, id);
  const process = step?.state.status === 'intended' ? step.state.intent.process : null;
  return process !== null && (await steps.isAlive(process)) ? process : null;
}

async function checkOne(parts: PerformerParts, run: Run, step: RunStep, signal: AbortSignal): ReturnType<Performer['check']> {
  const { check } = step.plan;
  if (!check) return { done: null, says: 'the step has no check', outputs: {} };
  const request = checkRequest(parts, run, step, check);
  if ('mistake' in request) return { done: null, says: `its check can't be asked: ${request.mistake}`, outputs: {} };
  const watch = { signal, onOutput: () => {}, onProcess: async () => {} };
  const answer = await answerOf(parts, { ...request, effect: 'read', outputs: {} }, watch);
  return readCheck(step, answer);
}

/** What a check refers to may have been lost with the result of another step; asking again would not bring it back. */
function checkRequest(parts: PerformerParts, run: Run, step: RunStep, check: Probe): StepRequest | { readonly mistake: string } {
  try {
    return requestFor(parts, run, step, check, fillAction(check.action, fillContextOf(run)));
  } catch (error) {
    if (error instanceof Unfillable) return { mistake: error.message };
    throw error;
  }
}

/** A script says it by its exit status (0 done, 1 not done); any other probe by whether it holds. */
function readCheck(step: RunStep, answer: StepAnswer): CheckReading {
  const found = step.state.status === 'unknown' ? 'it happened' : 'nothing to do';
  if (answer.status === 'ok' || answer.status === 'already-done')
    return { done: true, says: `${found}: ${answer.says}`, outputs: answer.outputs };
  const says = `its check says: ${answer.says}`;
  const action = step.plan.check?.action;
  if (answer.status === 'unknown') return { done: null, says, outputs: {} };
  const exit = answer.status === 'failed' ? answer.exit : undefined;
  if (action?.kind === 'run' || action?.kind === 'shell') return { done: exit === 1 ? false : null, says, outputs: {} };
  return { done: answer.observed === undefined ? null : false, says, outputs: {} };
}

function requestFor(parts: PerformerParts, run: Run, step: RunStep, probe: Probe, action: ResolvedAction): StepRequest {
  const { plan } = step;
  return {
    run: run.id,
    step: plan.id,
    attempt: step.attempt,
    effect: plan.effect,
    action,
    outputs: plan.outputs,
    timeoutMs: plan.timeoutMs,
    target: parts.access(run),
    ...(probe.expect && { expect: fillExpect(probe.expect, fillContextOf(run)) }),
    ...(probe.poll && { poll: probe.poll }),
  };
}

type OutputSaver = { add(text: string): void; finish(): Promise<Summary['output']> };

function outputSaver({ store, clock, log }: PerformerParts, { run, step, attempt }: Intended): OutputSaver {
  const key = { run, step, attempt };
  let text = '';
  let cancel: (() => void) | null = null;
  let saving: Promise<void> = Promise.resolve();
  const save = (): void => {
    cancel = null;
    saving = saving
      .then(async () => await store.saveOutput(key, text))
      .catch((error: unknown) => log.warn({ ...key, error }, 'output not saved'));
  };
  return {
    add(chunk) {
      text += chunk;
      cancel ??= clock.after(SAVE_EVERY_MS, save);
    },
    async finish() {
      cancel?.();
      if (text === '') return null;
      save();
      await saving;
      return { digest: sha256(text), bytes: Buffer.byteLength(text), dropped: 0 };
    },
  };
}
