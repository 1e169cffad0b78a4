import type { Clock, Ids } from '../core/ports.ts';
import type { Environment } from '../target-access.ts';

/** What the program may touch of the process that it runs in. */
export type Terminal = {
  readonly argv: readonly string[];
  readonly environment: Environment;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Asks whoever sits there, and answers with the line that they typed; null where there is nobody, or nobody any more. */
  readonly ask: (question: string) => Promise<string | null>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly process: { readonly pid: number; readonly startedAt: number };
  readonly onSignal: (listener: () => void) => void;
  readonly exit: (code: number) => void;
  /** Of a window in which somebody watches; left out in a pipe. */
  readonly columns?: () => number;
};

/** What each exit status means; documented in `--help` and in the README. */
export const EXIT = {
  ok: 0,
  failed: 1,
  waiting: 3,
  usage: 64,
  lost: 69,
  busy: 75,
  refused: 77,
  misconfigured: 78,
  interrupted: 130,
} as const;
