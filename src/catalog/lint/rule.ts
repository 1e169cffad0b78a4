import type { Act, Scene } from './act.ts';

/** A pattern that has hurt people before, and the form that does not. */
export type Rule = {
  readonly id: string;
  /** What it finds, in a line. */
  readonly about: string;
  /** What really happens, and what to do instead. */
  readonly why: string;
  /** Parts of a procedure: the first is refused by this rule and by no other, the second is not refused at all. */
  readonly bad: string;
  readonly good: string;
  readonly find: (act: Act, scene: Scene) => readonly Hit[];
};

/** Something that a rule has found, and what it expects there; `at` is its place in the script. */
export type Hit = { readonly says: string; readonly at?: number };
