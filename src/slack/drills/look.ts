import type { StreamId } from '../../core/brand.ts';
import { channelOf } from '../../core/drill/drill.ts';
import type { DrillEnd, Planned } from '../../core/drill/state.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Catalog, Store } from '../../core/ports.ts';
import type { Settings } from '../../core/settings.ts';
import { drillCard, missedDrillCard } from '../cards/drill-card.ts';
import { incidentChannel } from '../incident-channel.ts';
import type { LiveMessage, LiveView } from '../live.ts';

export type DrillLookParts = { readonly store: Pick<Store, 'load' | 'streamOf'>; readonly catalog: Pick<Catalog, 'settings'> };

/** What a drill wants to say at this moment: the announcements of its next time, and what became of the one before that. */
export async function lookAtDrill({ store, catalog }: DrillLookParts, stream: StreamId<string>): Promise<LiveView | null> {
  if (!isOfKind(stream, 'drill')) return null;
  const { state, readOnly } = await store.load(stream);
  if (state.status === 'none' || readOnly !== null) return null;
  const next = state.status === 'planned' ? state.next : null;
  const newest = next ?? state.last?.planned;
  const settings = catalog.settings();
  const channel = newest ? channelOf(newest.drill, settings) : null;
  if (channel === null) return null;
  const run = state.last?.end.how === 'started' ? state.last.end.run : null;
  const place = await incidentChannel(store, run === null ? null : await store.streamOf({ run }));
  const messages = [
    ...(state.last ? announcements({ ...state.last, channel: place.id, settings }) : []),
    ...(state.last ? missed(state.last, next) : []),
    ...(next ? announcements({ planned: next, end: null, channel: null, settings }) : []),
  ];
  return { channel, messages, tickMs: place.tickMs };
}

type Shown = { readonly planned: Planned; readonly end: DrillEnd | null; readonly channel: string | null; readonly settings: Settings };

/** A message for each time that people are told; what is over, or was said anew, is only brought up to date. */
function announcements(parts: Shown): readonly LiveMessage[] {
  const { planned, end } = parts;
  const { announcedAt } = planned;
  return (['day-before', 'hour-before'] as const)
    .filter((notice) => announcedAt[notice] !== null)
    .map((notice) => ({
      key: `${keyOf(planned)}:${notice}`,
      body: { card: drillCard({ ...parts, notice }) },
      priority: 'page',
      onlyEdit: end !== null || (notice === 'day-before' && announcedAt['hour-before'] !== null),
    }));
}

/** What was missed is said where people knew of it, or should have. */
function missed({ planned, end }: { readonly planned: Planned; readonly end: DrillEnd }, next: Planned | null): readonly LiveMessage[] {
  if (end.how !== 'missed') return [];
  const { announcedAt } = planned;
  const known =
    announcedAt['day-before'] !== null ||
    announcedAt['hour-before'] !== null ||
    end.why === 'bot-was-down' ||
    end.why === 'could-not-start';
  if (!known) return [];
  return [{ key: `${keyOf(planned)}:missed`, body: { card: missedDrillCard(planned, end, next) }, priority: 'page', onlyEdit: false }];
}

function keyOf({ occurrence }: Planned): string {
  return `drill:${occurrence.startsAt}`;
}
