import type { Instant } from '../brand.ts';
import type { Reading } from './command.ts';
import type { ComponentFact, Health } from './event.ts';
import { runningOf } from './state.ts';
import type { ComponentState } from './state.ts';

/** So many readings may fail to come before the time between them counts for nothing. */
const MISSED_READINGS = 2;

/**
 * What a reading makes known; nothing where it says what was known before. The clock of a healthy version stands still while
 * nothing can be read, and begins anew when nobody was reading or when the version was not healthy.
 */
export function noteReading(state: ComponentState, reading: Reading, now: Instant): readonly ComponentFact[] {
  const { version, health, says } = reading;
  if (version === null && runningOf(state) === null) return [];
  if (version !== null && version !== runningOf(state)) {
    const seen: ComponentFact = { type: 'version-running', version, how: 'reading', run: null };
    return health === 'unknown' ? [seen] : [seen, { type: 'health-turned', health, countedMs: 0, says }];
  }
  const is = version === null ? 'unknown' : health;
  const counted = countedMs(state, is, reading, now);
  return [
    ...(counted.turned ? [{ type: 'health-turned', health: is, countedMs: counted.before, says } as const] : []),
    ...verification(state, is, counted.before + counted.going, reading),
  ];
}

type Counted = {
  /** Whether the clock has to be set. */
  readonly turned: boolean;
  /** What the clock is set to, or was set to. */
  readonly before: number;
  /** What it has run since. */
  readonly going: number;
};

function countedMs(state: ComponentState, is: Health, { lastReadAt, everyMs }: Reading, now: Instant): Counted {
  if (state.status === 'none') return { turned: true, before: 0, going: 0 };
  const { health } = state;
  const gap = lastReadAt === null || now - lastReadAt > MISSED_READINGS * everyMs;
  if (is !== health.is) return { turned: true, before: gap ? 0 : kept(health, is, lastReadAt), going: 0 };
  if (is !== 'healthy') return { turned: gap && health.countedMs > 0, before: 0, going: 0 };
  return gap ? { turned: true, before: 0, going: 0 } : { turned: false, before: health.countedMs, going: now - health.since };
}

/** Between healthy and unknown nothing is lost but the time since the last reading. */
function kept(
  { is, countedMs: before, since }: { is: Health; countedMs: number; since: Instant },
  now: Health,
  lastReadAt: Instant,
): number {
  if (is === 'healthy' && now === 'unknown') return before + Math.max(0, lastReadAt - since);
  return is === 'unknown' && now === 'healthy' ? before : 0;
}

/** A version that was healthy for long enough is good, unless somebody doubts it. */
function verification(state: ComponentState, is: Health, healthyMs: number, { goodAfterMs }: Reading): readonly ComponentFact[] {
  if (state.status === 'none' || is !== 'healthy' || goodAfterMs === null || healthyMs < goodAfterMs) return [];
  const release = state.releases.find((each) => each.version === state.running);
  if (!release || release.verified || release.doubted) return [];
  return [{ type: 'version-verified', version: release.version, by: { kind: 'rollbot' }, reason: null }];
}
