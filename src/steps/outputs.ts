import type { Json } from '../core/digest.ts';
import { resolvePointer } from '../core/pointer.ts';
import type { OutputRule } from '../core/procedure/action.ts';
import { parseJson } from '../core/answer-json.ts';
import type { Done } from './deed.ts';

type Outputs = Readonly<Record<string, string>>;
type Reading = { readonly value: string } | { readonly mistake: string };

const MOST_CHARS = 4096;

/** Reads the values that a step hands on; a missing or unfit one is a sentence. */
export function readOutputs(rules: Readonly<Record<string, OutputRule>>, done: Done): { outputs: Outputs } | { mistake: string } {
  const outputs: Record<string, string> = { ...done.given };
  for (const [name, rule] of Object.entries(rules)) {
    const found = valueOf(name, rule, done);
    const reading = 'mistake' in found ? found : fit(found.value, rule);
    if ('mistake' in reading) return { mistake: `The output "${name}" ${reading.mistake}.` };
    outputs[name] = reading.value;
  }
  return { outputs };
}

function valueOf(name: string, { pointer }: OutputRule, done: Done): Reading {
  if (pointer === undefined) {
    const given = done.given && Object.hasOwn(done.given, name) ? done.given[name] : done.text?.trim();
    return given === undefined ? { mistake: 'is not given by a step of this kind' } : { value: given };
  }
  const root = done.json ?? (done.text === undefined ? undefined : parseJson(done.text));
  if (root === undefined) return { mistake: `can't be read at ${pointer}, because the answer is not JSON` };
  return scalarAt(root, pointer);
}

function scalarAt(root: Json, pointer: string): Reading {
  const value = resolvePointer(root, pointer);
  if (value === undefined || value === null) return { mistake: `is missing: there is nothing at ${pointer} in the answer` };
  if (typeof value === 'object') return { mistake: `is not a single value at ${pointer} in the answer` };
  return { value: String(value) };
}

/** Outputs become arguments of later steps, so what has no pattern to pass may not look like an option. */
function fit(value: string, { pattern }: OutputRule): Reading {
  if (value === '') return { mistake: 'is empty' };
  if (value.length > MOST_CHARS) return { mistake: `is longer than ${MOST_CHARS} characters` };
  if (value.includes('\0')) return { mistake: 'holds a NUL character' };
  if (pattern === undefined) return value.startsWith('-') ? { mistake: 'begins with a dash and has no pattern that allows it' } : { value };
  return new RegExp(`^(?:${pattern})$`, 'u').test(value) ? { value } : { mistake: `does not match /${pattern}/` };
}
