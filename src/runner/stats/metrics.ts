import { QUARANTINE_ROW } from '../../core/alert/inbox.ts';
import type { FollowUps } from '../../core/followup/port.ts';
import { JournalBroken } from '../../core/journal-broken.ts';
import type { Family } from '../../core/metrics/exposition.ts';
import { familiesOf } from '../../core/metrics/families.ts';
import type { IncidentState } from '../../core/incident/state.ts';
import type { Pages } from '../../core/page/port.ts';
import type { StreamId } from '../../core/brand.ts';
import type { Clock, Store } from '../../core/ports.ts';
import type { StatisticsOffice } from './statistics.ts';

export type MetricParts = StatisticsOffice & {
  readonly store: Store;
  readonly clock: Clock;
  readonly pages: Pick<Pages, 'list'>;
  readonly followUps: Pick<FollowUps, 'list'>;
  readonly refusals: ReadonlyMap<string, number>;
};

/** Everything that Prometheus may ask of the runner, read anew each time. */
export function createMetrics(parts: MetricParts): () => Promise<readonly Family[]> {
  const { store, clock, pages, followUps, statistics, incidents, refusals } = parts;
  return async () => {
    const streams = await store.streams({ kind: 'incident' });
    const [stats, summaries, open, quarantine] = await Promise.all([
      statistics.read(),
      incidents.all(),
      Promise.all(streams.map(async (stream) => await stateOf(store, stream))),
      store.pendingInbox({ kinds: [QUARANTINE_ROW] }),
    ]);
    return familiesOf({
      summaries,
      open,
      stats,
      pages: await pages.list(),
      followUps: await followUps.list(),
      size: await store.size(),
      quarantined: quarantine.length,
      refusals: Object.fromEntries(refusals),
      now: clock.now(),
    });
  };
}

/** A broken stream must not hide all the others from whoever watches. */
async function stateOf(store: Store, stream: StreamId): Promise<IncidentState> {
  try {
    return (await store.load(stream)).state;
  } catch (error) {
    if (error instanceof JournalBroken) return { status: 'none' };
    throw error;
  }
}
