import { createHash } from 'node:crypto';
import type { Digest } from './brand.ts';

/** What JSON can say; digests are taken over nothing else. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Writes a JSON value the same way whatever order its keys were made in, so that equal values have equal digests. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`);
  return `{${entries.join(',')}}`;
}

/** Names a value by its content: what an approval is bound to, and what chains the journal. */
export function digestOf(value: unknown): Digest {
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
