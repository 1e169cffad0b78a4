import type { Json } from './digest.ts';

/** Finds the part of a JSON value that a JSON pointer (RFC 6901) names; `undefined` where there is nothing. */
export function resolvePointer(value: Json, pointer: string): Json | undefined {
  if (pointer === '') return value;
  if (!pointer.startsWith('/')) return undefined;
  const tokens = pointer.slice(1).split('/').map(unescapeToken);
  return tokens.reduce<Json | undefined>((at, token) => (at === undefined ? undefined : childOf(at, token)), value);
}

/** `~1` stands for a slash and `~0` for a tilde. */
function unescapeToken(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

function childOf(value: Json, token: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value) && !/^(0|[1-9]\d*)$/.test(token)) return undefined;
  return Object.hasOwn(value, token) ? (value as { readonly [key: string]: Json | undefined })[token] : undefined;
}
