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

/** Several pictures of one time, above one another, with the same moments through all of them. */
export type Panels = {
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly marks: Chart['marks'];
};
export type Panel = Omit<Chart, 'marks'>;
/** Whatever can be drawn. */
export type Drawing = Chart | Panels;

/** Moments that are too close to be told apart in a picture, as one. */
export function together(marks: Chart['marks'], closeMs: number): Chart['marks'] {
  const all: { at: Instant; label: string }[] = [];
  for (const mark of marks) {
    const last = all.at(-1);
    if (last && mark.at - last.at < closeMs) last.label = `${last.label}, ${mark.label}`;
    else all.push({ ...mark });
  }
  return all;
}

/** What was drawn, or why it could not be: a picture must never hold up what people have to read. */
export function drawnBy<Drawn>(draw: () => Drawn): Drawn | { readonly why: string } {
  try {
    return draw();
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}
