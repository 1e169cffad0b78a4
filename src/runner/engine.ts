import type { StreamId, TokenId } from '../core/brand.ts';
import { due } from '../core/incident/due.ts';
import type { Effect } from '../core/incident/due.ts';
import type { IncidentState, Run, RunStep } from '../core/incident/state.ts';
import { runOf, stepOf } from '../core/incident/state.ts';
import { isOfKind } from '../core/kinds.ts';
import type { Clock, Ids, Log, People, PersonReading, Steps, Store } from '../core/ports.ts';
import type { Command } from '../core/incident/command.ts';
import { loseAbandoned } from './abandoned.ts';
import type { Applied, Journal } from './journal.ts';
import type { SendUpdateMail } from './update-mail.ts';
import type { Performer } from './performer.ts';

export type EngineParts = {
  readonly journal: Journal;
  readonly store: Store;
  readonly performer: Performer;
  readonly steps: Steps;
  readonly people: People;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Names this process in intents, so that a later one knows which are not its own. */
  readonly executor: string;
  /** Notes where the files differ from what a run has pinned. */
  readonly noteSettings: (stream: StreamId, state: IncidentState) => Promise<void>;
  readonly writeReport: (stream: StreamId) => Promise<void>;
  readonly mailUpdate: SendUpdateMail;
  readonly writeScorecard: (stream: StreamId) => Promise<void>;
};

/** Makes the rules happen: whenever a stream changes or its time comes, does what is due. */
export type Engine = {
  /** Looks at a stream soon; cheap, and any number of times. */
  nudge(stream: StreamId): void;
  start(): Promise<void>;
  /** Begins nothing new, and answers when nothing is being decided any more. */
  stop(): Promise<void>;
};

/** What became of an intent, and what is being done about it. */
type Intention = Applied & { readonly acting?: Promise<void> | undefined };

/** How long a step waits before Slack is asked again who may approve. */
const ENTITLEMENT_RETRY_MS = 15_000;
const SHORTEST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

/** Builds the engine. It remembers only what is going on in this process; everything else is in the journal. */
export function createEngine(parts: EngineParts): Engine {
  const { journal, store, clock, log } = parts;
  const jobs = new Map<string, Promise<void>>();
  const pumps = new Map<StreamId, { again: boolean; done: Promise<void> }>();
  const retryAt = new Map<string, number>();
  /** Intents that are being written: whoever wins one has to be let act, or the bot would stop between the two. */
  const intending = new Map<string, Promise<unknown>>();
  let stopping = false;
  let cancelTimer: (() => void) | null = null;

  function nudge(stream: StreamId): void {
    if (stopping) return;
    const current = pumps.get(stream);
    if (current) {
      current.again = true;
      return;
    }
    const pump = { again: false, done: Promise.resolve() };
    pumps.set(stream, pump);
    pump.done = pumpUntilQuiet(stream, pump)
      .catch((error: unknown) => log.error({ stream, error }, 'could not work on this stream'))
      .finally(() => {
        pumps.delete(stream);
        if (pump.again) nudge(stream);
      });
  }

  async function pumpUntilQuiet(stream: StreamId, pump: { again: boolean }): Promise<void> {
    do {
      if (stopping) return;
      pump.again = false;
      const { state, readOnly } = await journal.load(stream);
      if (readOnly !== null) return log.error({ stream, type: readOnly }, 'written by a newer Rollbot, so only read here');
      abortStopped(state);
      await loseAbandoned({ ...parts, isAtWork }, stream, state);
      await parts.noteSettings(stream, state);
      for (const effect of due(state, clock.now())) await begin(stream, state, effect);
    } while (pump.again);
  }

  function abortStopped(state: IncidentState): void {
    if (state.status === 'none') return;
    for (const { id, progress } of state.runs) {
      if (progress.status === 'stopping' && !progress.gently) parts.performer.abort(id, 'stopped-by-person');
    }
  }

  function isAtWork({ run, step }: { run: Run['id']; step: RunStep['plan']['id'] }): boolean {
    return intending.has(`${run}/${step}`) || parts.performer.isPerforming(run, step);
  }

  /** What takes a while becomes a job of its own, so that parallel steps are parallel. */
  async function begin(stream: StreamId, state: IncidentState, effect: Effect): Promise<void> {
    switch (effect.do) {
      case 'ask':
      case 'request-approval':
        await journal.apply(stream, { kind: effect.do, run: effect.run, step: effect.step, token: parts.ids.token() as TokenId });
        return;
      case 'expire-approval':
        await journal.apply(stream, { kind: effect.do, run: effect.run, step: effect.step });
        return;
      case 'hold-or-finish':
        await journal.apply(stream, { kind: effect.do, run: effect.run, token: parts.ids.token() as TokenId });
        return;
      case 'check':
        return job(stream, `${effect.do}/${effect.run}/${effect.step}/${effect.attempt}`, async () => await check(stream, state, effect));
      case 'perform':
        return job(stream, `${effect.do}/${effect.run}/${effect.step}`, async () => await perform(stream, state, effect));
      case 'kill-orphan':
        return job(stream, `${effect.do}/${effect.run}/${effect.step}`, async () => await parts.steps.kill(effect.process));
      case 'call-for-update':
        await journal.apply(stream, { kind: effect.do, token: parts.ids.token() as TokenId });
        return;
      case 'mail-update':
        return job(stream, `${effect.do}/${effect.number}/${effect.audience}`, async () => await parts.mailUpdate(stream, effect));
      case 'write-report':
        return job(stream, `${effect.do}/${stream}`, async () => await parts.writeReport(stream));
      case 'ask-checklist':
        await journal.apply(stream, { kind: effect.do, token: parts.ids.token() as TokenId });
        return;
      case 'write-scorecard':
        return job(stream, `${effect.do}/${stream}`, async () => await parts.writeScorecard(stream));
      default:
        return effect satisfies never;
    }
  }

  function job(stream: StreamId, name: string, work: () => Promise<void>): void {
    const key = `${stream}/${name}`;
    if (jobs.has(key) || stopping || (retryAt.get(key) ?? 0) > clock.monotonicMs()) return;
    const done = work()
      .catch((error: unknown) => {
        log.error({ stream, job: name, error }, 'a job failed, and will be tried again');
        retryAt.set(key, clock.monotonicMs() + ENTITLEMENT_RETRY_MS);
      })
      .finally(() => {
        jobs.delete(key);
        nudge(stream);
      });
    jobs.set(key, done);
  }

  async function check(stream: StreamId, state: IncidentState, effect: Extract<Effect, { do: 'check' }>): Promise<void> {
    const found = locate(state, effect);
    if (!found) return;
    const { done, says, outputs } = await parts.performer.check(found.run, found.step);
    // What a check could not say because the bot stops says nothing about its step; the next bot asks again.
    if (stopping) return;
    const { run, step, attempt } = effect;
    const at = { run, step, attempt };
    if (effect.when === 'before' || done === null) await journal.apply(stream, { kind: 'note-check', ...at, done, says, outputs });
    else await journal.apply(stream, { kind: 'settle-by-check', ...at, as: done ? 'happened' : 'run-again', says });
  }

  async function perform(stream: StreamId, state: IncidentState, effect: Extract<Effect, { do: 'perform' }>): Promise<void> {
    const { run, step } = effect;
    const { approvers, checked } = await lookAgain(state, effect);
    // What people have approved is done only on a journal that nobody has touched: this reads and checks all of it.
    if (effect.approvers.length > 0) await store.events(stream);
    if (stopping) return;
    const applied = await intend(stream, { kind: 'intend', run, step, executor: parts.executor, approvers, ...(checked && { checked }) });
    if (applied.status === 'refused' && applied.refusal.refusal === 'entitlement-unreadable') {
      retryAt.set(`${stream}/perform/${run}/${step}`, clock.monotonicMs() + ENTITLEMENT_RETRY_MS);
      log.warn({ run, step }, 'Slack does not say who may approve, so the step waits');
    }
    if (applied.status !== 'done') return;
    await applied.acting;
  }

  /**
   * Who approved, read now and only once, because Slack does not answer this often; and then what the check of an approved step
   * says once more: it may have waited for long, and people were busy meanwhile.
   */
  async function lookAgain(state: IncidentState, effect: Extract<Effect, { do: 'perform' }>) {
    const approvers: readonly PersonReading[] = await Promise.all(
      effect.approvers.map(async (person) => await parts.people.read(person, { fresh: true })),
    );
    const found = approvers.length > 0 ? locate(state, effect) : null;
    // Where Slack does not say who they are the step waits, and nothing is checked.
    if (!found?.step.plan.check || approvers.some(({ status }) => status === 'unreadable')) return { approvers };
    return { approvers, checked: await parts.performer.check(found.run, found.step) };
  }

  /** Writes an intent; what was won is begun at once, and goes on in `acting`. */
  async function intend(stream: StreamId, command: Extract<Command, { kind: 'intend' }>): Promise<Intention> {
    const writing = journal.apply(stream, command).then((applied): Intention => {
      const intended = applied.status === 'done' ? applied.facts.find((fact) => fact.type === 'step-intended') : undefined;
      return { ...applied, acting: intended && parts.performer.perform(stream, intended) };
    });
    const key = `${command.run}/${command.step}`;
    intending.set(key, writing);
    return await writing.finally(() => intending.delete(key));
  }

  async function tick(): Promise<void> {
    try {
      for (const stream of await store.dueStreams(clock.now())) if (isOfKind(stream, 'incident')) nudge(stream);
    } catch (error) {
      log.error({ error }, 'could not look for what is due, and will look again');
    }
    await schedule();
  }

  /** Always sets a timer: without one, nothing would ever be due again where nobody does anything. */
  async function schedule(): Promise<void> {
    const waitMs = await msUntilDue();
    cancelTimer?.();
    cancelTimer = stopping ? null : clock.after(waitMs, () => void tick());
  }

  async function msUntilDue(): Promise<number> {
    try {
      const at = await store.nextDueAt();
      return at === null ? LONGEST_WAIT_MS : Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, at - clock.now()));
    } catch (error) {
      log.error({ error }, 'could not ask when something is due, and will look again');
      return SHORTEST_WAIT_MS;
    }
  }

  journal.onChange((stream) => {
    if (isOfKind(stream, 'incident')) nudge(stream);
    void schedule();
  });

  return {
    nudge,
    start: async () => await tick(),
    async stop() {
      stopping = true;
      cancelTimer?.();
      await Promise.allSettled([...[...pumps.values()].map((pump) => pump.done), ...intending.values()]);
    },
  };
}

function locate(state: IncidentState, at: { run: Run['id']; step: RunStep['plan']['id'] }): { run: Run; step: RunStep } | null {
  const run = runOf(state, at.run);
  const step = run && stepOf(run, at.step);
  return run && step ? { run, step } : null;
}
