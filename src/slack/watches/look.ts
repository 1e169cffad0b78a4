import type { StreamId } from '../../core/brand.ts';
import type { Drawing } from '../../core/chart.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Catalog, Store } from '../../core/ports.ts';
import type { Triggers } from '../../core/trigger/port.ts';
import { watchOf } from '../../core/trigger/state.ts';
import type { Ask } from '../../core/trigger/state.ts';
import { incidentChannel } from '../incident-channel.ts';
import type { LiveView } from '../live.ts';
import { blindnessOf } from './blind.ts';
import { cardOf, messagesOfWatch } from './messages.ts';
import type { ShownWatch } from './messages.ts';

export type WatchLookParts = {
  readonly store: Pick<Store, 'load' | 'streamOf' | 'streams' | 'message'>;
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly triggers: Pick<Triggers, 'find'>;
  /** Draws a chart as PNG. */
  readonly drawChart: (drawing: Drawing) => Buffer;
};

/** What a rule on a target wants to say at this moment: about its watch, and about the one before that. */
export async function lookAtWatches(parts: WatchLookParts, stream: StreamId<string>): Promise<LiveView | null> {
  const { store, catalog, drawChart } = parts;
  const settings = catalog.settings();
  const channel = settings.alerts?.channel ?? settings.channels.announce;
  if (channel === undefined || !isOfKind(stream, 'trigger')) return null;
  const { state, readOnly } = await store.load(stream);
  if (state.status === 'none' || readOnly !== null) return null;
  const watch = watchOf(state);
  const shown: readonly ShownWatch[] = [
    ...(state.last ? [{ watch: state.last.watch, ended: state.last }] : []),
    ...(watch ? [{ watch, ended: null }] : []),
  ];
  const each = await Promise.all(
    shown.map(async (one) => {
      const { ask } = one.watch;
      const { id, tickMs } = await runChannel(store, ask);
      const procedure = one.ended ? undefined : await offered(parts, ask);
      const blindness = one.ended ? undefined : await blindnessOf(store, stream, one.watch);
      const known = { ...(procedure !== undefined && { procedure }), ...(blindness && { blindness }) };
      return {
        tickMs,
        messages: messagesOfWatch({ ...one, ...known, channel: id, settings }, drawChart),
      };
    }),
  );
  const old = await Promise.all(
    state.earlier.map(async (ended) =>
      cardOf({ watch: ended.watch, ended, channel: (await runChannel(store, ended.watch.ask)).id, settings }),
    ),
  );
  return { channel, messages: [...old, ...each.flatMap(({ messages }) => messages)], tickMs: each.at(-1)?.tickMs ?? null };
}

/** The channel in which what it has led to is dealt with. */
async function runChannel(store: WatchLookParts['store'], ask: Ask): ReturnType<typeof incidentChannel> {
  return await incidentChannel(store, ask.is === 'started' ? await store.streamOf({ run: ask.run }) : null);
}

/** What a button would start; undefined where nothing is asked. */
async function offered({ triggers }: WatchLookParts, ask: Ask): Promise<string | null | undefined> {
  if (ask.is !== 'proposed' && ask.is !== 'countdown') return undefined;
  return (await triggers.find(ask.token))?.procedure;
}
