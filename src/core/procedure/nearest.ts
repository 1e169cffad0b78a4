const MOST = 3;
const LONGEST = 80;

/** The names that somebody who typed `name` may have meant, best first: at most three, and none where none is near. */
export function nearest(name: string, names: readonly string[]): readonly string[] {
  const typed = name.slice(0, LONGEST).toLowerCase();
  // What every object has is nobody's typo, and is not looked up.
  if (typed === '' || Object.hasOwn(Object.prototype, name)) return [];
  return [...new Set(names)]
    .map((each) => ({ each, far: distance(typed, each.toLowerCase()), begins: typed.length >= 3 && each.startsWith(typed) }))
    .filter(({ each, far, begins }) => begins || far <= Math.min(MOST, Math.floor(Math.max(typed.length, each.length) / 2)))
    .toSorted((a, b) => a.far - b.far || a.each.localeCompare(b.each))
    .slice(0, MOST)
    .map(({ each }) => each);
}

/** "Did you mean a, b or c?", or nothing where nothing is near. */
export function didYouMean(name: string, names: readonly string[]): string {
  const near = nearest(name, names).map((each) => `"${each}"`);
  return near.length === 0 ? '' : ` Did you mean ${sayList(near)}?`;
}

/** Names in a sentence: `a, b or c`. */
export function sayList(names: readonly string[], conjunction: 'or' | 'and' = 'or'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${conjunction} ${names.at(-1)}`;
}

/** How many letters have to be changed, added, left out or swapped with their neighbour. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(row[j - 1]! + 1, above[j]! + 1, above[j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}
