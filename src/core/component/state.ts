import type { Instant, RunId } from '../brand.ts';
import type { Actor } from '../incident/event.ts';
import type { Health, SeenHow } from './event.ts';

/** What is known of one deployable on one target. */
export type ComponentState = { readonly status: 'none' } | Component;

export type Component = {
  readonly status: 'known';
  readonly running: string | null;
  /** Of the version that runs. */
  readonly health: { readonly is: Health; readonly since: Instant; readonly countedMs: number; readonly says: string | null };
  /** Those that ran last stand last. */
  readonly releases: readonly Release[];
  readonly holds: readonly Hold[];
};

/** One version, as far as it has been here. */
export type Release = {
  readonly version: string;
  /** When it began to run, the last time that it did. */
  readonly since: Instant;
  readonly how: SeenHow;
  readonly run: RunId | null;
  readonly verified: Word | null;
  readonly doubted: (Word & { readonly run: RunId | null }) | null;
};

/** Somebody's word about a version. */
export type Word = { readonly by: Actor; readonly at: Instant; readonly reason: string | null };

/** Why nothing is to be deployed. */
export type Hold = {
  readonly versions: readonly string[];
  readonly by: Actor;
  readonly at: Instant;
  readonly reason: string;
  readonly run: RunId | null;
};

/** The newest version that was verified, is not doubted and does not run now: what a rollback goes back to. */
export function lastGood(state: ComponentState, running = runningOf(state)): Release | null {
  if (state.status === 'none') return null;
  return state.releases.findLast((release) => release.verified && !release.doubted && !isSameVersion(release.version, running)) ?? null;
}

/** What runs, as far as the journal knows. */
export function runningOf(state: ComponentState): string | null {
  return state.status === 'none' ? null : state.running;
}

/** Whether two names mean one version: the same word, or a commit and its beginning. */
export function isSameVersion(a: string, b: string | null): boolean {
  if (b === null) return false;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return a === b || (/^[0-9a-f]{7,40}$/.test(short) && /^[0-9a-f]{40}$/.test(long) && long.startsWith(short));
}
