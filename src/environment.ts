import type { Environment } from './target-access.ts';

/** What a variable says, or the sentences that say what is wrong with it. */
export type Read<Value> = { readonly value: Value } | { readonly mistakes: readonly string[] };

/** The text of a variable; one that is empty or blank counts as not set. */
export function textOf(env: Environment, name: string): string | undefined {
  const text = Object.hasOwn(env, name) ? env[name]?.trim() : undefined;
  return text === '' ? undefined : text;
}

/** A TCP port; 0 lets the system choose one. */
export function readPort(env: Environment, name: string, otherwise: string): Read<number> {
  const text = textOf(env, name) ?? otherwise;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? { value: port } : { mistakes: [`${name} is "${text}". Set it to a port number from 0 to 65535.`] };
}
