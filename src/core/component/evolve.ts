import type { Instant } from '../brand.ts';
import type { Timed } from '../stream-kind.ts';
import type { ComponentFact } from './event.ts';
import type { Component, ComponentState, Release } from './state.ts';

/** Names the fold that made a snapshot. */
export const FOLD_VERSION = 'component-1';

/** What is known before anything was seen. */
export const INITIAL: ComponentState = { status: 'none' };

/** How many versions are remembered. */
const MOST_RELEASES = 100;

/** Folds one event into what is known of a deployable. Total: it never throws. */
export function evolve(before: ComponentState, event: Timed<ComponentFact>): ComponentState {
  const state = before.status === 'none' ? unseen(event.at) : before;
  switch (event.type) {
    case 'version-running':
      return running(state, event);
    case 'health-turned':
      return { ...state, health: { is: event.health, since: event.at, countedMs: event.countedMs, says: event.says } };
    case 'version-verified': {
      const verified = { by: event.by, at: event.at, reason: event.reason };
      return { ...state, releases: changed(state.releases, event.version, { verified, doubted: null }) };
    }
    case 'version-doubted': {
      const doubted = { by: event.by, at: event.at, reason: event.reason, run: event.run };
      return { ...state, releases: changed(withVersion(state, event), event.version, { doubted }) };
    }
    case 'deployable-held': {
      const { versions, by, at, reason, run } = event;
      return { ...state, holds: [...state.holds, { versions, by, at, reason, run }] };
    }
    case 'deployable-unheld':
      return { ...state, holds: [] };
    case 'run-unheld':
      return { ...state, holds: state.holds.filter((hold) => hold.run !== event.run) };
    default:
      event satisfies never;
      return before;
  }
}

function unseen(at: Instant): Component {
  return { status: 'known', running: null, health: { is: 'unknown', since: at, countedMs: 0, says: null }, releases: [], holds: [] };
}

/** A version that runs again keeps what was said about it, and its clock begins anew. */
function running(state: Component, event: Extract<Timed<ComponentFact>, { type: 'version-running' }>): Component {
  const { version, how, run, at } = event;
  const known = state.releases.find((release) => release.version === version);
  const release: Release = { verified: null, doubted: null, ...known, version, since: at, how, run };
  const releases = [...state.releases.filter((each) => each !== known), release];
  return { ...state, running: version, health: { is: 'unknown', since: at, countedMs: 0, says: null }, releases: remembered(releases) };
}

/** A run may have been rolled back from a version that nobody had seen before. */
function withVersion(
  state: Component,
  { version, run, at }: Extract<Timed<ComponentFact>, { type: 'version-doubted' }>,
): readonly Release[] {
  if (state.releases.some((release) => release.version === version)) return state.releases;
  return remembered([...state.releases, { version, since: at, how: 'run', run, verified: null, doubted: null }]);
}

function changed(releases: readonly Release[], version: string, change: Partial<Release>): readonly Release[] {
  return releases.map((release) => (release.version === version ? { ...release, ...change } : release));
}

/** Forgets the oldest: first of those that nobody has verified. */
function remembered(releases: readonly Release[]): readonly Release[] {
  if (releases.length <= MOST_RELEASES) return releases;
  const oldest = releases.find((release) => !release.verified && release !== releases.at(-1)) ?? releases[0];
  return releases.filter((release) => release !== oldest);
}
