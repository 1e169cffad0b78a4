import type { Clock } from '../core/ports.ts';

/** What the demo needs of the process that it runs in. */
export type DemoTerminal = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly clock: Clock;
  readonly onSignal: (listener: () => void) => void;
  readonly exit: (code: number) => void;
};

/** Prints one line. */
export type Say = (line: string) => void;
