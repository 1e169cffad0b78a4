import type { Clock } from '../../../core/ports.ts';

type Kind = 'connected' | 'answered' | 'failed';
type Sample = { readonly atMs: number; readonly kind: Kind; readonly tookMs: number };

/** How long connecting and asking has taken in the last `windowMs`, and how often it has failed. */
export function createTimes({ clock, windowMs }: { clock: Clock; windowMs: number }) {
  let samples: Sample[] = [];

  function add(kind: Kind, tookMs: number): void {
    const atMs = clock.monotonicMs();
    samples.push({ atMs, kind, tookMs });
    const first = samples.findIndex((each) => each.atMs > atMs - windowMs);
    if (first > 500) samples = samples.slice(first);
  }

  const average = (found: readonly Sample[]): number | null =>
    found.length === 0 ? null : Math.round(found.reduce((sum, { tookMs }) => sum + tookMs, 0) / found.length);

  return {
    connected: (ms: number) => add('connected', ms),
    answered: (ms: number) => add('answered', ms),
    failed: (ms: number) => add('failed', ms),
    figures() {
      const recent = samples.filter(({ atMs }) => atMs > clock.monotonicMs() - windowMs);
      const of = (kind: Kind): readonly Sample[] => recent.filter((each) => each.kind === kind);
      return {
        query_ms_average: average([...of('answered'), ...of('failed')]),
        connection_ms_average: average(of('connected')),
        failed: of('failed').length,
      };
    },
  };
}
