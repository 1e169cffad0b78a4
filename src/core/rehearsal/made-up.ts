import type { StepId } from '../brand.ts';
import { sha256 } from '../digest.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import { referencesIn } from '../reference.ts';

/** Values that look like what procedures hand on, tried one after the other. */
const SHAPES: readonly ((seed: string) => string)[] = [
  (seed) => seed.slice(0, 40),
  (seed) => seed,
  (seed) => String(Number.parseInt(seed.slice(0, 4), 16) + 1),
  () => 'v1.2.3',
  () => '1.2.3',
  () => 'made-up',
  () => 'MADE_UP',
  () => 'true',
  () => '1',
  () => '0.5',
  () => '2026-01-01T00:00:00Z',
  () => '2026-01-01',
  () => '/made/up',
  () => 'https://made-up.example/',
  (seed) => `${seed.slice(0, 8)}-${seed.slice(8, 12)}-4${seed.slice(13, 16)}-8${seed.slice(17, 20)}-${seed.slice(20, 32)}`,
];

/** The outputs of an item that its procedure declares or that later items ask for, each looking as it must. */
export function madeUpOutputs(item: PlannedStep, plan: readonly PlannedStep[]): Readonly<Record<string, string>> {
  const names = [...new Set([...Object.keys(item.outputs), ...askedOf(item.id, plan)])];
  return Object.fromEntries(names.map((name) => [name, madeUp(item, name) ?? '']));
}

/** The outputs that nothing can be made up for, because their pattern is too particular. */
export function cannotMakeUp(item: PlannedStep): readonly string[] {
  return Object.keys(item.outputs).filter((name) => madeUp(item, name) === undefined);
}

/** Whether a value looks as this output must. */
export function looksRight(item: PlannedStep, name: string, value: string): boolean {
  const pattern = item.outputs[name]?.pattern;
  return pattern === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(value);
}

/** The names under which other items, or its own undo, ask for outputs of an item. */
export function askedOf(id: StepId, plan: readonly PlannedStep[]): readonly string[] {
  return referencesIn(plan).flatMap(({ scope, path }) => (scope === 'steps' && path[0] === id && path[1] !== undefined ? [path[1]] : []));
}

function madeUp(item: PlannedStep, name: string): string | undefined {
  const seed = sha256(`${item.id}/${name}`);
  return SHAPES.map((shape) => shape(seed)).find((value) => looksRight(item, name, value));
}
