import type { Json } from './digest.ts';

/** Deeper answers are not read: whoever walks through them later would run out of stack. */
const MOST_LEVELS = 100;

/** Reads JSON of the outside; what is not JSON, or nested absurdly deep, is `undefined`. */
export function parseJson(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isShallow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isShallow(value: Json): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS) return false;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return true;
}
