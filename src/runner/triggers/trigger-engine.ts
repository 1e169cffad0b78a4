import type { RunId, StreamId, TokenId } from '../../core/brand.ts';
import { JournalBroken } from '../../core/journal-broken.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Clock, Log, Store } from '../../core/ports.ts';
import { due, nextDueAt } from '../../core/trigger/due.ts';
import type { TriggerEffect } from '../../core/trigger/due.ts';
import { rulesOf, streamOf } from '../../core/trigger/rule.ts';
import { watchOf } from '../../core/trigger/state.ts';
import type { Watch } from '../../core/trigger/state.ts';
import type { Journal } from '../journal.ts';
import { readGates } from './gates.ts';
import type { GateParts } from './gates.ts';
import { procedureOf } from './offer.ts';
import { reportAlert } from './reports.ts';
import { startFor } from './start.ts';
import type { StartParts } from '../incident-start.ts';

export type TriggerEngineParts = GateParts &
  StartParts & { readonly journal: Journal; readonly store: Store; readonly clock: Clock; readonly log: Log };

/** Does what the rules owe: begins countdowns, starts what they may start, and tells them how runs have ended. */
export type TriggerEngine = { start(): Promise<void>; stop(): Promise<void> };

const RETRY_MS = 15_000;

/** Builds it. One stream at a time is worked on by one worker, and what is due comes from the state alone. */
export function createTriggerEngine(parts: TriggerEngineParts): TriggerEngine {
  const { journal, store, clock, log } = parts;
  const working = new Map<StreamId<'trigger'>, Promise<void>>();
  const again = new Set<StreamId<'trigger'>>();
  const timers = new Map<StreamId<'trigger'>, () => void>();
  const life = { stopped: false };

  async function work(stream: StreamId<'trigger'>): Promise<void> {
    while (again.delete(stream) && !life.stopped) {
      const { state, readOnly } = await journal.load(stream);
      const watch = watchOf(state);
      if (!watch || readOnly !== null) return;
      const owed = due(state, clock.now());
      for (const effect of owed) await perform(parts, stream, watch, effect);
      const at = nextDueAt((await journal.load(stream)).state);
      if (at !== null) wakeAfter(stream, owed.length > 0 ? Math.max(RETRY_MS, at - clock.now()) : Math.max(0, at - clock.now()));
    }
  }

  function wakeAfter(stream: StreamId<'trigger'>, ms: number): void {
    timers.get(stream)?.();
    timers.set(
      stream,
      clock.after(ms, () => wake(stream)),
    );
  }

  function wake(stream: StreamId<'trigger'>): void {
    if (life.stopped) return;
    again.add(stream);
    if (working.has(stream)) return;
    const done = work(stream)
      .catch((error: unknown) => {
        log.error({ stream, error }, 'what a rule is owed could not be done, and will be tried again');
        wakeAfter(stream, RETRY_MS);
      })
      .finally(() => {
        working.delete(stream);
        if (again.has(stream)) wake(stream);
      });
    working.set(stream, done);
  }

  function complain(stream: StreamId<'incident' | 'trigger'>, error: unknown): void {
    log.error({ stream, error }, 'rules could not be told how a run has ended');
  }

  function report(stream: StreamId<'alert'>): void {
    reportAlert(parts, stream).catch((error: unknown) => log.error({ stream, error }, 'rules could not be told of an alert'));
  }

  journal.onChange((stream) => {
    if (life.stopped) return;
    if (isOfKind(stream, 'trigger')) wake(stream);
    if (isOfKind(stream, 'incident')) {
      tellEnds(parts, stream).catch((error: unknown) => complain(stream, error));
    }
    if (isOfKind(stream, 'alert')) report(stream);
  });

  return {
    async start() {
      for (const stream of await store.streams({ kind: 'trigger' })) {
        await tellMissed(parts, stream).catch((error: unknown) => complain(stream, error));
        wake(stream);
      }
      // What was answered to its sender may not have reached its rule before an earlier process ended.
      for (const stream of await store.streams({ kind: 'alert' })) report(stream);
    },
    async stop() {
      life.stopped = true;
      for (const cancel of timers.values()) cancel();
      await Promise.allSettled(working.values());
    },
  };
}

async function perform(parts: TriggerEngineParts, stream: StreamId<'trigger'>, watch: Watch, effect: TriggerEffect): Promise<void> {
  const { journal, log } = parts;
  const token = parts.ids.token() as TokenId;
  if (effect.do === 'give-up-showing') {
    await journal.apply(stream, { kind: 'give-up-showing', token: effect.token });
    return;
  }
  if (effect.do === 'contain') return await contain(parts, stream, watch, effect.procedure);
  const { rule } = watch;
  const procedure = procedureOf(parts.catalog.settings(), rule, parts.known);
  const giveUp = async (says: string): Promise<void> => {
    log.error({ stream, procedure, says }, 'a rule could not start what it may start');
    await journal.apply(stream, { kind: 'give-up-starting', token, says });
  };
  const gates = await readGates(parts, rule, procedure).catch((error: unknown) => {
    if (error instanceof JournalBroken) return error.message;
    throw error;
  });
  if (typeof gates === 'string') return await giveUp(gates);
  const noted = await journal.apply(stream, { kind: 'note-gates', gates, token, procedure });
  const isClosed = noted.status !== 'done' || noted.facts.length > 0;
  if (effect.do === 'begin-countdown' || isClosed) return;
  if (procedure === null) return await giveUp('Nobody knows what was changed last.');
  const word = (run: RunId, incident: StreamId) => ({ kind: 'note-started', run, incident, procedure, gates }) as const;
  const started = await startFor(parts, { rule, procedure, says: watch.judgement?.says ?? '', beganAt: watch.beganAt }, null, word);
  if (started.status === 'started') log.warn({ stream, ...started }, 'a rule has started a run by itself');
  else await giveUp(started.says);
}

/** What may take something away by now starts nothing; why it could not start is said, and a person decides. */
async function contain(parts: TriggerEngineParts, stream: StreamId<'trigger'>, watch: Watch, procedure: string): Promise<void> {
  const { journal, log, catalog } = parts;
  const steps = catalog.procedure(procedure)?.steps ?? [];
  const taking = steps.find(({ phase, effect }) => phase === 'step' && effect === 'destructive');
  const word = (run: RunId, incident: StreamId) => ({ kind: 'note-contained', run, procedure, incident }) as const;
  const order = { rule: watch.rule, procedure, says: watch.reported?.says ?? '', beganAt: watch.beganAt };
  const started = taking
    ? ({ status: 'refused', says: `Its step "${taking.title}" may take something away by now.` } as const)
    : await startFor(parts, order, null, word);
  if (started.status === 'started') return log.warn({ stream, ...started }, 'what contains a report has started');
  log.error({ stream, procedure, says: started.says }, 'what contains a report could not start');
  await journal.apply(stream, { kind: 'give-up-containing', says: started.says });
}

/** What a rule has started may have ended just before an earlier process did, and then nobody has told it. */
async function tellMissed(parts: TriggerEngineParts, stream: StreamId<'trigger'>): Promise<void> {
  const ask = watchOf((await parts.journal.load(stream)).state)?.ask;
  if (ask?.is !== 'started' || ask.ended !== null) return;
  const incident = await parts.store.streamOf({ run: ask.run });
  if (incident !== null) await tellEnds(parts, incident);
}

/** Every rule on the target of a run that is over learns how it ended; those that watch nothing ignore it. */
async function tellEnds({ journal, catalog }: TriggerEngineParts, stream: StreamId): Promise<void> {
  const { state } = await journal.load(stream);
  if (state.status === 'none') return;
  for (const run of state.runs) {
    if (run.progress.status !== 'finished') continue;
    const { outcome, at: endedAt } = run.progress;
    for (const rule of rulesOf(catalog.settings()).filter(({ target }) => target === run.target.name)) {
      await journal.apply(streamOf(rule), { kind: 'note-run-ended', run: run.id, outcome, endedAt });
    }
  }
}
