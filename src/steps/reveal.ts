import type { Action, Filled, ResolvedAction, Expect } from '../core/procedure/action.ts';
import type { TargetAccess } from '../core/ports.ts';
import { Ended, failed, reasonIn } from './deed.ts';

/** Puts secrets in where they are used, and remembers which ones, so that they can be kept out of everything that is shown. */
export type Revealer = {
  reveal(filled: Filled): Promise<string>;
  action(action: ResolvedAction): Promise<Action>;
  expect(expect: Expect<Filled>): Promise<Expect>;
  /** The values that were read so far. */
  secrets(): readonly string[];
};

/** Reads each secret of a target at most once. A secret that can't be read ends the step before anything has happened. */
export function createRevealer(target: TargetAccess): Revealer {
  const known = new Map<string, string>();

  async function read(name: string): Promise<string> {
    const value = known.get(name) ?? (await target.secret(name).catch(cannotRead(name)));
    known.set(name, value);
    return value;
  }

  async function reveal(filled: Filled): Promise<string> {
    if (typeof filled === 'string') return filled;
    const pieces = [];
    for (const piece of filled.$pieces) pieces.push(typeof piece === 'string' ? piece : await read(piece.secret));
    return pieces.join('');
  }

  /** All `Filled` texts inside a value, at whatever depth; their key `$pieces` is nobody else's. */
  async function revealIn(value: unknown): Promise<unknown> {
    if (typeof value !== 'object' || value === null) return value;
    if (isPieces(value)) return await reveal(value);
    if (Array.isArray(value)) {
      const all = [];
      for (const each of value as readonly unknown[]) all.push(await revealIn(each));
      return all;
    }
    const entries: [string, unknown][] = [];
    for (const [key, each] of Object.entries(value)) entries.push([key, await revealIn(each)]);
    return Object.fromEntries(entries);
  }

  return {
    reveal,
    action: async (action) => (await revealIn(action)) as Action,
    expect: async (expect) => (await revealIn(expect)) as Expect,
    secrets: () => [...known.values()],
  };
}

function isPieces(value: object): value is Exclude<Filled, string> {
  return '$pieces' in value && Array.isArray(value.$pieces);
}

function cannotRead(name: string): (error: unknown) => never {
  return (error) => {
    throw new Ended(failed(`The secret "${name}" can't be read, so nothing was done: ${reasonIn(error)}`));
  };
}
