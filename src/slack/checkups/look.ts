import type { StreamId } from '../../core/brand.ts';
import type { Catalog, Store } from '../../core/ports.ts';
import { checkupCard } from '../cards/checkup-card.ts';
import type { LiveView } from '../live.ts';

/** What the look at the installation has to say: a new message whenever something got worse, and nothing while all is as it was. */
export async function lookAtCheckup(
  { store, catalog }: { readonly store: Pick<Store, 'load'>; readonly catalog: Pick<Catalog, 'settings'> },
  stream: StreamId<'checkup'>,
): Promise<LiveView | null> {
  const { channels, checkup } = catalog.settings();
  const channel = checkup?.channel ?? channels.announce;
  const { state, readOnly } = await store.load(stream);
  if (channel === undefined || readOnly !== null || state.status === 'none' || state.news === null) return null;
  const { news } = state;
  const card = checkupCard(news);
  return { channel, messages: [{ key: `worse:${news.number}`, body: { card }, priority: 'progress', onlyEdit: false }], tickMs: null };
}
