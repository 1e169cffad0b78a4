const ENGLISH = new Intl.NumberFormat('en-US');

/** A count as people read it: 29,870. */
export function count(many: number): string {
  return ENGLISH.format(many);
}
