import type { StreamId } from '../core/brand.ts';
import { JournalBroken } from '../core/journal-broken.ts';
import type { Kind, Kinds } from '../core/kinds.ts';
import { sayList } from '../core/procedure/nearest.ts';
import type { VendorTask } from '../core/vendor/state.ts';
import type { Desk } from './verb.ts';

const MOST = 50;

/** Every vendor that somebody still has to ask, newest first. */
export async function openTasks({ store }: Pick<Desk, 'store'>): Promise<readonly VendorTask[]> {
  const streams = await store.streams({ kind: 'vendor', limit: MOST });
  const states = await Promise.all(streams.map(async (stream) => await stateOf(store, stream)));
  return states.flatMap((state) => (state?.status === 'open' ? [state] : []));
}

/** The task of asking this vendor; null where the name is that of no task, a sentence where it is that of several. */
export async function taskNamed(
  desk: Pick<Desk, 'store'>,
  vendor: string,
  incident: string | null,
): Promise<VendorTask | { readonly says: string } | null> {
  const all = (await openTasks(desk)).filter((task) => task.vendor.name === vendor && (incident === null || task.incident === incident));
  const [only, ...more] = all;
  if (!only) return null;
  if (more.length === 0) return only;
  const incidents = all.map((task) => task.incident);
  return {
    says: `${vendor} has to be asked in several incidents: say which, such as --incident ${only.incident}. There are ${sayList(incidents, 'and')}.`,
  };
}

/** One whose journal is broken hides no other. */
async function stateOf<K extends Kind>(store: Desk['store'], stream: StreamId<K>): Promise<Kinds[K]['state'] | null> {
  try {
    return (await store.load(stream)).state;
  } catch (error) {
    if (error instanceof JournalBroken) return null;
    throw error;
  }
}
