import type { StreamId } from '../../core/brand.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Page } from '../../core/page/state.ts';
import type { Catalog, Store } from '../../core/ports.ts';
import type { Settings } from '../../core/settings.ts';
import { incidentChannel } from '../incident-channel.ts';
import type { LiveView } from '../live.ts';
import { messagesOfPage } from './messages.ts';

export type PageLookParts = { readonly store: Pick<Store, 'load'>; readonly catalog: Pick<Catalog, 'settings'> };

/** What a page wants to say at this moment; its direct messages are posted by the medium, and kept up to date here. */
export async function lookAtPage({ store, catalog }: PageLookParts, stream: StreamId<string>): Promise<LiveView | null> {
  if (!isOfKind(stream, 'page')) return null;
  const { state, readOnly } = await store.load(stream);
  if (state.status === 'none' || readOnly !== null) return null;
  const { id, tickMs } = await incidentChannel(store, state.about.incident);
  const channel = id ?? (tickMs === null ? channelFor(catalog.settings()) : null);
  return { channel: channel ?? '', messages: messagesOfPage(state, { channel, incident: id }), tickMs };
}

/** Where a page is shown that has no incident's channel to be shown in. */
function channelFor({ paging, channels, alerts }: Pick<Settings, 'paging' | 'channels' | 'alerts'>): string | null {
  return paging?.channel ?? channels.announce ?? alerts?.channel ?? null;
}

/** The channel that a page's messages name. */
export async function channelOfPage({ store }: PageLookParts, { about }: Page): Promise<string | null> {
  return (await incidentChannel(store, about.incident)).id;
}
