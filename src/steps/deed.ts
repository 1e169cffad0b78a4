import type { Json } from '../core/digest.ts';
import type { StepAnswer } from '../core/ports.ts';

/** What a kind has to say about its one action, before it is judged, redacted and cut to size. */
export type Deed = Done | Failed | Unknown;

export type Done = {
  readonly status: 'done';
  readonly says: string;
  /** Nothing had to be done, because it was like that before. */
  readonly already?: boolean;
  /** What was observed, for `expect`. */
  readonly value?: Json;
  /** The whole answer, into which the pointers of outputs point; the text `text` of a program is parsed when it is asked for. */
  readonly json?: Json;
  readonly text?: string;
  /** Why there is no value where one should be, as a sentence. */
  readonly unreadable?: string;
  /** Outputs that the kind itself gives. */
  readonly given?: Readonly<Record<string, string>>;
};
type Failed = {
  readonly status: 'failed';
  readonly says: string;
  readonly exit?: number;
  /** What was found instead of what should be. */
  readonly observed?: Json;
};
export type Unknown = Extract<StepAnswer, { status: 'unknown' }>;

/** It ended and did not do what it should, or nothing happened at all. */
export function failed(says: string): Failed {
  return { status: 'failed', says };
}

/** Nobody knows whether it happened. */
export function unknown(reason: Unknown['reason'], says: string): Unknown {
  return { status: 'unknown', reason, says };
}

/** Leaves a kind's work at once with what there is to say; it never leaves this room. */
export class Ended extends Error {
  readonly deed: Deed;

  constructor(deed: Deed) {
    super(deed.says);
    this.deed = deed;
  }
}

/** What an error says, for a sentence. */
export function reasonIn(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonIn).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** The code of a system error such as `ENOENT`. */
export function codeIn(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
