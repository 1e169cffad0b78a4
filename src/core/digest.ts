import { createHash } from 'node:crypto';
import type { Digest } from './brand.ts';

/** What JSON can say; digests are taken over nothing else. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Writes a value the same way whatever order its keys were made in, so that equal values have equal digests. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const record = value as { readonly [key: string]: Json | undefined };
  const entries = Object.keys(record)
    .toSorted()
    .flatMap((key) => {
      const entry = record[key];
      return entry === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(entry)}`];
    });
  return `{${entries.join(',')}}`;
}

/** Names a value by its content: what an approval is bound to, and what chains the journal. */
export function digestOf(value: Json): Digest {
  return sha256(canonicalJson(value));
}

/** SHA-256 of a text in hexadecimal. */
export function sha256(text: string): Digest {
  return createHash('sha256').update(text, 'utf8').digest('hex') as Digest;
}

/** The eight characters of a digest that people compare by eye. */
export function shortDigest(digest: Digest): string {
  return digest.slice(0, 8);
}
