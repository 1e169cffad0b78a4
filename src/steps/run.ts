import { basename } from 'node:path';
import type { RunAction } from '../core/procedure/action.ts';
import type { DeedContext } from './context.ts';
import type { Deed } from './deed.ts';
import { programDeed } from './program-deed.ts';

/** Runs a program with its arguments, without any shell that could read them differently. */
export async function run(action: RunAction<string>, context: DeedContext): Promise<Deed> {
  const name = `"${basename(action.argv[0] ?? '')}"`;
  return await programDeed({ ...action, name, env: context.env }, context);
}
