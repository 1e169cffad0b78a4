import { QUARANTINE_ROW } from '../../core/alert/inbox.ts';
import type { FollowUps } from '../../core/followup/port.ts';
import type { Family } from '../../core/metrics/exposition.ts';
import { familiesOf } from '../../core/metrics/families.ts';
import type { Pages } from '../../core/page/port.ts';
import type { Clock, Store } from '../../core/ports.ts';
import { readable } from '../readable.ts';
import type { StatisticsOffice } from './statistics.ts';

export type MetricParts = StatisticsOffice & {
  readonly store: Store;
  readonly clock: Clock;
  readonly pages: Pick<Pages, 'all'>;
  readonly followUps: Pick<FollowUps, 'list'>;
  readonly refusals: ReadonlyMap<string, number>;
};

const NOT_KNOWN = { status: 'none' } as const;

/** Everything that Prometheus may ask of the runner, read anew each time. */
export function createMetrics(parts: MetricParts): () => Promise<readonly Family[]> {
  const { store, clock, pages, followUps, statistics, incidents, refusals } = parts;
  return async () => {
    const streams = await store.streams({ kind: 'incident' });
    const [stats, summaries, open, quarantine] = await Promise.all([
      statistics.read(),
      incidents.all(),
      Promise.all(streams.map(async (stream) => (await readable(store, stream)) ?? NOT_KNOWN)),
      store.pendingInbox({ kinds: [QUARANTINE_ROW] }),
    ]);
    return familiesOf({
      summaries,
      open,
      stats,
      pages: await pages.all(),
      followUps: await followUps.list(),
      size: await store.size(),
      quarantined: quarantine.length,
      refusals: Object.fromEntries(refusals),
      now: clock.now(),
    });
  };
}
