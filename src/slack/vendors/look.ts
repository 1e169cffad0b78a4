import type { StreamId } from '../../core/brand.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Store } from '../../core/ports.ts';
import { vendorCard, vendorReminder } from '../cards/vendor-card.ts';
import { incidentChannel } from '../incident-channel.ts';
import type { LiveMessage, LiveView } from '../live.ts';

/** What the task of asking a vendor wants to say: one card in the incident's channel, and each reminder below it. */
export async function lookAtVendor({ store }: { readonly store: Pick<Store, 'load'> }, stream: StreamId<string>): Promise<LiveView | null> {
  if (!isOfKind(stream, 'vendor')) return null;
  const { state, readOnly } = await store.load(stream);
  if (state.status === 'none' || readOnly !== null) return null;
  const { id: channel, tickMs } = await incidentChannel(store, `incident/${state.incident}` as StreamId);
  if (channel === null) return { channel: '', messages: [], tickMs };
  const key = `vendor:${state.number}`;
  // What was asked for in a terminal may be over before Slack was there to be told.
  const told = state.askedBy.via === 'terminal';
  const head: LiveMessage = {
    key,
    body: { card: vendorCard(state) },
    priority: 'approval',
    onlyEdit: state.status === 'closed' && !told,
  };
  const reminder: LiveMessage = {
    key: `remind:${state.number}:${state.reminders}`,
    body: { card: vendorReminder(state) },
    priority: 'page',
    onlyEdit: state.status === 'closed',
    below: key,
  };
  return { channel, messages: state.reminders === 0 ? [head] : [head, reminder], tickMs: null };
}
