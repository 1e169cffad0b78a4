import type { StreamId } from '../core/brand.ts';
import { isOfKind } from '../core/kinds.ts';
import type { Triggers } from '../core/trigger/port.ts';
import { lookAtAlerts } from './alerts/look.ts';
import { lookAtDrill } from './drills/look.ts';
import { lookAtFollowUps } from './followups/look.ts';
import type { FollowUpLookParts } from './followups/look.ts';
import { lookAtCheckup } from './checkups/look.ts';
import { lookAtCalendar } from './calendar/look.ts';
import { syncLive } from './live.ts';
import type { LiveParts } from './live.ts';
import type { Outcome } from './outcome.ts';
import { lookAtPage } from './pages/look.ts';
import { sync } from './sync.ts';
import type { SyncParts } from './sync.ts';
import { lookAtVendor } from './vendors/look.ts';
import { lookAtWatches } from './watches/look.ts';
import type { WatchLookParts } from './watches/look.ts';

export type PassParts = SyncParts &
  LiveParts &
  FollowUpLookParts &
  Omit<WatchLookParts, 'triggers'> & { readonly triggers: Pick<Triggers, 'find' | 'noteShown'> };

/** Brings one stream's messages in line with its state, whatever kind of stream it is. */
export async function pass(
  parts: PassParts,
  stream: StreamId<string>,
): Promise<{ readonly outcome: Outcome; readonly tickMs: number | null }> {
  if (isOfKind(stream, 'incident')) return await sync(parts, stream);
  if (isOfKind(stream, 'page')) return await syncLive(parts, { stream, look: async () => await lookAtPage(parts, stream) });
  if (isOfKind(stream, 'vendor')) return await syncLive(parts, { stream, look: async () => await lookAtVendor(parts, stream) });
  if (isOfKind(stream, 'drill')) return await syncLive(parts, { stream, look: async () => await lookAtDrill(parts, stream) });
  if (isOfKind(stream, 'followup')) return await syncLive(parts, { stream, look: async () => await lookAtFollowUps(parts, stream) });
  if (isOfKind(stream, 'checkup')) return await syncLive(parts, { stream, look: async () => await lookAtCheckup(parts, stream) });
  if (isOfKind(stream, 'calendar')) return await syncLive(parts, { stream, look: async () => await lookAtCalendar(parts, stream) });
  if (!isOfKind(stream, 'trigger')) return await syncLive(parts, { stream, look: async () => await lookAtAlerts(parts, stream) });
  return await syncLive(parts, {
    stream,
    look: async () => await lookAtWatches(parts, stream),
    noteShown: async (token) => await parts.triggers.noteShown(token),
  });
}
