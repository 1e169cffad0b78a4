/** The value in the middle; 0 of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] ?? 0;
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** The Theil–Sen slope, the median of the slopes between all points: a single odd reading does not turn a trend. */
export function theilSen(points: readonly { readonly x: number; readonly y: number }[]): number {
  return median(points.flatMap((a, index) => points.slice(index + 1).flatMap((b) => (a.x === b.x ? [] : [(b.y - a.y) / (b.x - a.x)]))));
}

/** Wilson's lower bound of a share: few requests prove little, however bad they look. `z` is how sure it has to be, in standard errors. */
export function wilsonLowerBound(errors: number, n: number, z: number): number {
  if (n <= 0) return 0;
  const p = Math.min(1, errors / n);
  const z2 = z * z;
  const spread = z * Math.sqrt((p * (1 - p) + z2 / (4 * n)) / n);
  return Math.max(0, (p + z2 / (2 * n) - spread) / (1 + z2 / n));
}
