import type { CatalogMistake } from '../core/ports.ts';

/** Where something stands in a YAML file: the keys and list positions that lead to it. */
export type Path = readonly (string | number)[];

/** A mistake at a path; `key` where the key itself is wrong rather than its value, `at` how far into its text it stands. */
export type Finding = { readonly path: Path; readonly says: string; readonly on?: 'key'; readonly at?: number };

/** A mistake at a place in a text; lines and columns begin at 1. */
export type Slip = Omit<CatalogMistake, 'file'>;

/** Slips in the order of the text, each once. */
export function inOrder(slips: readonly Slip[]): readonly Slip[] {
  const sorted = slips.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return sorted.filter((slip, index) => {
    const before = sorted[index - 1];
    return !(before && before.line === slip.line && before.column === slip.column && before.says === slip.says);
  });
}
