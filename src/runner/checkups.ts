import { parseDuration } from '../core/duration.ts';
import type { Checkups } from '../core/checkup/port.ts';
import { CHECKUP_STREAM } from '../core/checkup/state.ts';
import type { DoctorFinding } from '../core/doctor/finding.ts';
import { isOfKind } from '../core/kinds.ts';
import type { Catalog, Clock, Log } from '../core/ports.ts';
import type { Journal } from './journal.ts';

export type CheckupParts = {
  readonly catalog: Pick<Catalog, 'settings' | 'refresh'>;
  readonly journal: Pick<Journal, 'apply' | 'load' | 'onChange'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Looks at the installation; it only reads. */
  readonly examine: () => Promise<readonly DoctorFinding[]>;
};

const HOUR_MS = 60 * 60_000;

/** Looks at the installation every so often, where `rollbot.yml` says so, and notes what was found. */
export function createCheckups({ catalog, journal, clock, log, examine }: CheckupParts) {
  let cancel: (() => void) | null = null;
  let stopped = false;
  let working: Promise<void> = Promise.resolve();

  function next(ms: number): void {
    if (stopped) return;
    cancel = clock.after(ms, () => {
      working = turn();
    });
  }

  /** Whatever fails is tried again, so that a bot that lives goes on looking. */
  async function turn(): Promise<void> {
    let waitMs = HOUR_MS;
    try {
      waitMs = await work();
    } catch (error) {
      complain(error);
    }
    next(waitMs);
  }

  /** Looks where it is time, and answers when to come again. */
  async function work(): Promise<number> {
    await catalog.refresh();
    const every = parseDuration(catalog.settings().checkup?.every ?? '');
    const lateBy = every === undefined ? null : await overdue(every);
    if (lateBy !== null && lateBy >= 0) await look();
    // Settings may change at any time, and a clock may jump, so no pause is longer than an hour.
    return every === undefined ? HOUR_MS : Math.min(HOUR_MS, lateBy === null || lateBy >= 0 ? every : -lateBy);
  }

  async function overdue(every: number): Promise<number> {
    const { state } = await journal.load(CHECKUP_STREAM);
    return state.status === 'none' ? 0 : clock.now() - (state.at + every);
  }

  async function look(): Promise<void> {
    try {
      const findings = await examine();
      if (!stopped) await journal.apply(CHECKUP_STREAM, { kind: 'note-findings', findings });
    } catch (error) {
      complain(error);
    }
  }

  function complain(error: unknown): void {
    log.error({ error }, 'the installation could not be looked at');
  }

  const checkups: Checkups = {
    onChange: (listener) =>
      journal.onChange((stream) => {
        if (isOfKind(stream, 'checkup')) listener(stream);
      }),
  };
  return {
    checkups,
    start: () => next(0),
    async stop(): Promise<void> {
      stopped = true;
      cancel?.();
      await working;
    },
  };
}
