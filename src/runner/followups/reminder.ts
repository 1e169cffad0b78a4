import type { StreamId, TokenId } from '../../core/brand.ts';
import { due, nextDueAt } from '../../core/followup/due.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Clock, Ids, Log, Store } from '../../core/ports.ts';
import type { Journal } from '../journal.ts';

export type ReminderParts = {
  readonly store: Store;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
};

const RETRY_MS = 60_000;
/** A timer does not reach further than some weeks, and a clock that was wrong should not be waited for. */
const LONGEST_WAIT_MS = 6 * 60 * 60_000;

/** Gives follow-ups their buttons, and notes that people are to be reminded; chat follows what is noted. */
export function createReminder({ store, journal, clock, ids, log }: ReminderParts): { start(): Promise<void>; stop(): Promise<void> } {
  const timers = new Map<StreamId<'followup'>, () => void>();
  const working = new Map<StreamId<'followup'>, Promise<void>>();
  const again = new Set<StreamId<'followup'>>();
  const life = { stopped: false };

  async function work(stream: StreamId<'followup'>): Promise<void> {
    while (again.delete(stream) && !life.stopped) {
      const { state, readOnly } = await journal.load(stream);
      if (readOnly !== null) return log.warn({ stream, type: readOnly }, 'written by a newer Rollbot, so nobody is reminded here');
      const owed = due(state, clock.now());
      const commands = owed.map((effect) =>
        effect.do === 'remind'
          ? ({ kind: 'remind' } as const)
          : ({ kind: 'give-buttons', item: effect.item, token: ids.token() as TokenId } as const),
      );
      if (commands.length > 0) await journal.applyAll(stream, commands);
      else wakeAt(stream, nextDueAt(state));
    }
  }

  function wakeAt(stream: StreamId<'followup'>, at: number | null): void {
    if (at !== null) wakeAfter(stream, Math.min(LONGEST_WAIT_MS, Math.max(0, at - clock.now())));
  }

  function wakeAfter(stream: StreamId<'followup'>, ms: number): void {
    timers.get(stream)?.();
    timers.set(
      stream,
      clock.after(ms, () => wake(stream)),
    );
  }

  function wake(stream: StreamId<'followup'>): void {
    if (life.stopped) return;
    again.add(stream);
    if (working.has(stream)) return;
    const done = work(stream)
      .catch((error: unknown) => {
        log.error({ stream, error }, 'nobody could be reminded, and it will be tried again');
        wakeAfter(stream, RETRY_MS);
      })
      .finally(() => {
        working.delete(stream);
        if (again.has(stream)) wake(stream);
      });
    working.set(stream, done);
  }

  journal.onChange((stream) => {
    if (isOfKind(stream, 'followup')) wake(stream);
  });

  return {
    async start() {
      for (const stream of await store.streams({ kind: 'followup' })) wake(stream);
    },
    async stop() {
      life.stopped = true;
      for (const cancel of timers.values()) cancel();
      await Promise.allSettled(working.values());
    },
  };
}
