import { z } from 'zod';
import type { Clock } from '../../core/ports.ts';
import { LIMITS } from '../sandbox/health.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** The service's figures at one moment; null where it does not say. Shares are 0 to 1. */
export type Reading = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly healthy: boolean;
  readonly reasons: readonly string[];
  /** What goes wrong on purpose. */
  readonly sabotages: readonly string[];
  readonly version: string | null;
  readonly errorRate: number | null;
  readonly hitRate: number | null;
  readonly p95Ms: number | null;
  readonly memoryBytes: number | null;
  readonly memoryLimitBytes: number | null;
};

/** The limits that the figures are held against. */
export const FIGURE_LIMITS = LIMITS;

const figure = z.number().nullish().catch(null).default(null);
const Version = z.object({ version: z.string().nullable().catch(null) });
const Metrics = z.object({ error_rate: figure, hit_rate: figure, response_time_p95_ms: figure });
const Cache = z.object({ memory_bytes: figure, memory_limit_bytes: figure });

const EVERY_MS = 500;
/** A minute of readings. */
const KEPT = 120;

type Watched = Pick<Sandbox, 'serviceUrl' | 'health' | 'sabotaged'>;

/** Watches the service from outside, as a monitor would: by asking it. */
export type Monitor = {
  readonly history: () => readonly Reading[];
  readonly on: (listener: (reading: Reading) => void) => void;
  readonly stop: () => void;
};

export function startMonitor({ sandbox, clock }: { sandbox: Watched; clock: Clock }): Monitor {
  const listeners: ((reading: Reading) => void)[] = [];
  let readings: readonly Reading[] = [];
  let stopped = false;
  let cancel = clock.after(0, look);

  function keep(reading: Reading): void {
    readings = [...readings, reading].slice(-KEPT);
    for (const listener of listeners) listener(reading);
  }

  function look(): void {
    const again = (): void => {
      if (!stopped) cancel = clock.after(EVERY_MS, look);
    };
    // A reading that could not be taken leaves a gap, and the next one comes.
    read(sandbox, clock)
      .then(keep, () => {})
      .then(again, again);
  }

  return {
    history: () => readings,
    on: (listener) => listeners.push(listener),
    stop() {
      stopped = true;
      cancel();
    },
  };
}

async function read({ serviceUrl, health, sabotaged }: Watched, clock: Clock): Promise<Reading> {
  const ask = async (path: string): Promise<unknown> => await (await fetch(`${serviceUrl}/api/${path}`)).json();
  const [{ status, reasons }, version, metrics, cache] = await Promise.all([health(), ask('version'), ask('metrics'), ask('health/cache')]);
  const { error_rate: errorRate, hit_rate: hitRate, response_time_p95_ms: p95Ms } = Metrics.parse(metrics);
  const { memory_bytes: memoryBytes, memory_limit_bytes: memoryLimitBytes } = Cache.parse(cache);
  return {
    at: clock.now(),
    healthy: status === 'healthy',
    reasons,
    sabotages: sabotaged(),
    version: Version.parse(version).version,
    errorRate,
    hitRate,
    p95Ms,
    memoryBytes,
    memoryLimitBytes,
  };
}
