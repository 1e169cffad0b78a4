import type { Clock } from '../../core/ports.ts';

/** How one request went, and how long it took. */
export type Outcome = 'hit' | 'miss' | 'error';
/** The last few seconds in figures; shares are 0 to 1, and `null` while nobody has asked for anything. */
export type Figures = {
  readonly requests: number;
  readonly errorRate: number | null;
  readonly hitRate: number | null;
  readonly p95Ms: number | null;
};

type Sample = { readonly atMs: number; readonly outcome: Outcome; readonly tookMs: number };

/** Remembers the requests of the last `windowMs`, and how many there were since the start. */
export function createWindow({ clock, windowMs }: { clock: Clock; windowMs: number }) {
  let samples: Sample[] = [];
  let served = 0;

  function recent(): readonly Sample[] {
    const since = clock.monotonicMs() - windowMs;
    const first = samples.findIndex((sample) => sample.atMs > since);
    samples = first === -1 ? [] : samples.slice(first);
    return samples;
  }

  return {
    add(outcome: Outcome, tookMs: number): void {
      served += 1;
      samples.push({ atMs: clock.monotonicMs(), outcome, tookMs });
    },
    served: () => served,
    /** Forgets how the last requests went, but not how many there were. */
    forget: (): void => void (samples = []),
    figures(): Figures {
      return figuresOf(recent());
    },
  };
}

export type Window = ReturnType<typeof createWindow>;

function figuresOf(samples: readonly Sample[]): Figures {
  const requests = samples.length;
  if (requests === 0) return { requests, errorRate: null, hitRate: null, p95Ms: null };
  const share = (outcome: Outcome) => round(samples.filter((sample) => sample.outcome === outcome).length / requests);
  const times = samples.map((sample) => sample.tookMs).toSorted((a, b) => a - b);
  const p95Ms = Math.round(times[Math.ceil(requests * 0.95) - 1] ?? 0);
  return { requests, errorRate: share('error'), hitRate: share('hit'), p95Ms };
}

function round(share: number): number {
  return Math.round(share * 1000) / 1000;
}
