import type { StreamId } from '../core/brand.ts';
import { isOfKind } from '../core/kinds.ts';
import type { Triggers } from '../core/trigger/port.ts';
import { lookAtAlerts } from './alerts/look.ts';
import { lookAtDrill } from './drills/look.ts';
import { incidentOf } from '../core/followup/place.ts';
import { lookAtFollowUps } from './followups/look.ts';
import type { FollowUpLookParts } from './followups/look.ts';
import { lookAtCheckup } from './checkups/look.ts';
import { lookAtCalendar } from './calendar/look.ts';
import { syncLive } from './live.ts';
import type { LiveParts } from './live.ts';
import { LIST } from './followups/messages.ts';
import type { Reconciler } from './reconciler.ts';
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
  Omit<WatchLookParts, 'triggers'> & {
    readonly triggers: Pick<Triggers, 'find' | 'noteShown'>;
    readonly isBehind: Reconciler['isBehind'];
  };

type Pass = { readonly outcome: Outcome; readonly tickMs: number | null };

const BEHIND: Outcome = { status: 'later', afterMs: 2000, says: 'the incident has older things to say' };

/** Brings one stream's messages in line with its state, whatever kind of stream it is. */
export async function pass(parts: PassParts, stream: StreamId<string>): Promise<Pass> {
  if (isOfKind(stream, 'incident')) return await sync(parts, stream);
  if (isOfKind(stream, 'page')) return await syncLive(parts, { stream, look: async () => await lookAtPage(parts, stream) });
  if (isOfKind(stream, 'vendor')) return await syncLive(parts, { stream, look: async () => await lookAtVendor(parts, stream) });
  if (isOfKind(stream, 'drill')) return await syncLive(parts, { stream, look: async () => await lookAtDrill(parts, stream) });
  if (isOfKind(stream, 'followup')) return await passOfFollowUps(parts, stream);
  if (isOfKind(stream, 'checkup')) return await syncLive(parts, { stream, look: async () => await lookAtCheckup(parts, stream) });
  if (isOfKind(stream, 'calendar')) return await syncLive(parts, { stream, look: async () => await lookAtCalendar(parts, stream) });
  if (!isOfKind(stream, 'trigger')) return await syncLive(parts, { stream, look: async () => await lookAtAlerts(parts, stream) });
  return await syncLive(parts, {
    stream,
    look: async () => await lookAtWatches(parts, stream),
    noteShown: async (token) => await parts.triggers.noteShown(token),
  });
}

/** The list of what is left to be done is posted after all that it is left by, also when Slack was away meanwhile. */
async function passOfFollowUps(parts: PassParts, stream: StreamId<'followup'>): Promise<Pass> {
  const isNew = (await parts.store.message(stream, LIST)) === null;
  if (isNew && parts.isBehind(incidentOf(stream))) return { outcome: BEHIND, tickMs: null };
  return await syncLive(parts, { stream, look: async () => await lookAtFollowUps(parts, stream) });
}
