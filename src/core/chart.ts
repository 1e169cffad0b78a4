import type { Instant } from './brand.ts';

/** What a chart shows; how it looks is not said here. */
export type Chart = {
  readonly title: string;
  /** Says a value in words that fit an axis: `7.2 %`. */
  readonly say: (value: number) => string;
  readonly series: readonly Series[];
  /** Values that matter, such as where a rule fires. */
  readonly limits: readonly { readonly value: number; readonly label: string }[];
  /** Moments that matter, such as an approval. */
  readonly marks: readonly { readonly at: Instant; readonly label: string }[];
};

/** One line of a chart. Between two points that are further apart than `gapMs` nothing is drawn: nobody knows what was there. */
export type Series = {
  readonly name: string;
  readonly points: readonly { readonly at: Instant; readonly value: number }[];
  readonly gapMs: number;
};
