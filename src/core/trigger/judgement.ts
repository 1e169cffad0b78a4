import type { Sample } from './sample.ts';

/** What is in a name: why it is judged so. */
export type Reason =
  | 'within-bounds'
  | 'back-to-normal'
  | 'hold-not-over'
  | 'not-steady'
  | 'samples-missing'
  | 'improving'
  | 'all-fail'
  | 'far-above'
  | 'not-improving'
  | 'held-too-long'
  | 'cap-reached'
  | 'reported'
  | 'no-data'
  | 'blind'
  | 'no-baseline'
  | 'too-little-evidence'
  | 'too-few-points';

/** `inconclusive` asks people and starts nothing; `recovered` is clear after there was something. */
export type Verdict = 'clear' | 'holding' | 'fire' | 'inconclusive' | 'recovered';

/** The numbers that a judgement goes by, as far as its kind has them; shares and ratios as such, times in milliseconds. */
export type Figures = {
  readonly start?: number;
  readonly now?: number;
  readonly slopePerMinute?: number;
  readonly drop?: number;
  readonly heldMs?: number;
  readonly neededMs?: number;
  readonly leftMs?: number;
};

export type Judgement = {
  readonly verdict: Verdict;
  readonly reason: Reason;
  /** One sentence for people. */
  readonly says: string;
  readonly figures: Figures;
  /** The metric that it is about, and the samples that it was drawn from. */
  readonly metric: string | null;
  readonly readings: readonly Sample[];
};

/** The worse of two judgements of one rule: what fires before what holds, and what is sure before what is not. */
export function worse(a: Judgement, b: Judgement): Judgement {
  return RANK[b.verdict] > RANK[a.verdict] ? b : a;
}

const RANK: Readonly<Record<Verdict, number>> = { clear: 0, recovered: 0, inconclusive: 1, holding: 2, fire: 3 };

/** How long the hold was served, how long it has to be, and what is left of it. */
export function holdFigures(heldMs: number, neededMs: number): Figures {
  return { heldMs, neededMs, leftMs: Math.max(0, neededMs - heldMs) };
}

/** A share as people say it: `7.2 %`. */
export function sayShare(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

/** A response time as people say it. */
export function sayMs(ms: number): string {
  return `${Math.round(ms)} ms`;
}

/** How many times as slow: `3.4×`. */
export function sayRatio(ratio: number): string {
  return `${Number(ratio.toFixed(2))}×`;
}
