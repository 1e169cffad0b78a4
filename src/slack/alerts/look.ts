import { rulesFor } from '../../core/alert/routes.ts';
import type { StreamId } from '../../core/brand.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Catalog, Clock, Store } from '../../core/ports.ts';
import { incidentChannel } from '../incident-channel.ts';
import type { LiveView } from '../live.ts';
import { messagesOfGroup, messagesOfWeather } from './messages.ts';

export type AlertLookParts = {
  readonly store: Pick<Store, 'load'>;
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly clock: Pick<Clock, 'now'>;
};

/** What a stream of alerts wants to say at this moment; null where there is no channel for it, or nothing to say. */
export async function lookAtAlerts({ store, catalog, clock }: AlertLookParts, stream: StreamId<string>): Promise<LiveView | null> {
  const settings = catalog.settings();
  const channel = settings.alerts?.channel;
  if (channel === undefined) return null;
  if (isOfKind(stream, 'storm')) {
    const { state, readOnly } = await store.load(stream);
    return state.status === 'none' || readOnly !== null ? null : { channel, messages: messagesOfWeather(state), tickMs: null };
  }
  if (!isOfKind(stream, 'alert')) return null;
  const { state, readOnly } = await store.load(stream);
  if (state.status === 'none' || readOnly !== null) return null;
  const { id, tickMs } = await incidentChannel(store, state.incident?.stream ?? null);
  const canWatch = rulesFor(settings, state.source, state.alerts).some(({ when }) => when.kind !== 'event');
  return { channel, messages: messagesOfGroup(state, { channel: id, canWatch }, clock.now()), tickMs };
}
