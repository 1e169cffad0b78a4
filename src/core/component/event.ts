import type { RunId } from '../brand.ts';
import type { Actor, Person } from '../incident/event.ts';

/** How it became known that a version runs: it was read, a run of Rollbot deployed it, or CI said so. */
export type SeenHow = 'reading' | 'run' | 'ci';
/** `unknown` where nothing could be read: it counts neither for nor against a version. */
export type Health = 'healthy' | 'unhealthy' | 'unknown';

/** Everything that can happen to what is deployed of one thing on one target. */
export type ComponentFact =
  | { type: 'version-running'; version: string; how: SeenHow; run: RunId | null }
  /** `countedMs` is what the running version had been healthy for before; its clock goes on from there. */
  | { type: 'health-turned'; health: Health; countedMs: number; says: string | null }
  | { type: 'version-verified'; version: string; by: Actor; reason: string | null }
  | { type: 'version-doubted'; version: string; by: Actor; reason: string; run: RunId | null }
  /** Nothing may be deployed any more, because of these versions. */
  | { type: 'deployable-held'; versions: readonly string[]; by: Actor; reason: string; run: RunId | null }
  /** By a person everything is lifted, by a run what it held itself. */
  | { type: 'deployable-unheld'; by: Person; reason: string | null }
  | { type: 'run-unheld'; run: RunId };

const KNOWN: Readonly<Record<ComponentFact['type'], true>> = {
  'version-running': true,
  'health-turned': true,
  'version-verified': true,
  'version-doubted': true,
  'deployable-held': true,
  'deployable-unheld': true,
  'run-unheld': true,
};

/** Whether this version knows what to make of an event. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(KNOWN, type);
}
