import type { Json } from './digest.ts';
import { secretPatterns } from './secret-pattern.ts';
import type { SecretPattern } from './secret-pattern.ts';
import { chain } from './text-filter.ts';
import type { TextFilter } from './text-filter.ts';
import { createTokenMask } from './token-mask.ts';

/** What stands where a secret stood. */
export const MASK = '[redacted]';

export type Redactor = {
  /** A filter of its own for one stream of output. */
  stream(): TextFilter;
  /** A whole text at once. */
  redact(text: string): string;
  /** All texts of a JSON value, its keys too. */
  redactJson(value: Json): Json;
};

/**
 * Masks known secrets by value, also where they are URL-, base64- or JSON-encoded, and then whatever looks like a common
 * token. A secret that was split over several writes is found as well. Secrets of less than 4 characters are not looked for.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const known = secretPatterns(secrets);
  const stream = (): TextFilter => chain(...known.map(createSecretMask), createTokenMask(MASK));
  const redact = (text: string): string => {
    const filter = stream();
    return filter.push(text) + filter.end();
  };
  const redactJson = (value: Json): Json => {
    if (typeof value === 'string') return redact(value);
    if (Array.isArray(value)) return value.map((each: Json) => redactJson(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [redact(key), redactJson(each ?? null)]));
  };
  return { stream, redact, redactJson };
}

/**
 * Masks every place where the pattern matches, overlapping ones as one. A position is decided as soon as the longest match
 * from there on would have arrived, or its line has ended: no pattern crosses the end of a line.
 */
function createSecretMask({ pattern, maxLength }: SecretPattern): TextFilter {
  let held = '';
  /** So much of `held` is part of a mask that has been written already. */
  let covered = 0;

  function release(decided: number): string {
    let out = '';
    pattern.lastIndex = 0;
    for (let match = pattern.exec(held); match && match.index < decided; match = pattern.exec(held)) {
      if (covered === 0 || match.index >= covered) out += held.slice(covered, match.index) + MASK;
      covered = Math.max(covered, match.index + match[0].length);
      pattern.lastIndex = match.index + 1;
    }
    if (covered < decided) out += held.slice(covered, decided);
    held = held.slice(decided);
    covered = Math.max(0, covered - decided);
    return out;
  }

  return {
    push(text) {
      held += text;
      return release(Math.max(held.lastIndexOf('\n') + 1, held.length - maxLength, 0));
    },
    end: () => release(held.length),
  };
}
