import { CHECKUP_STREAM } from '../../core/checkup/state.ts';
import type { CheckupState } from '../../core/checkup/state.ts';
import { JournalBroken } from '../../core/journal-broken.ts';
import { homeView } from '../cards/home.ts';
import type { Desk, Entry, Visit } from './entry.ts';
import { openIncidents } from './rollback-command.ts';

/** Somebody opens the app's home. */
export const HOME: Entry = {
  kind: 'event',
  id: 'app_home_opened',
  resume: 'drop',
  handle: async ({ incoming, acting }, desk) => {
    if (incoming.text !== 'home') return;
    await desk.web.call('views.publish', { user_id: incoming.caller.user, view: await drawHome(desk, acting) });
  },
};

/** The home of one person as it is at this moment. */
export async function drawHome(desk: Pick<Desk, HomeSource>, acting: Visit['acting']): Promise<ReturnType<typeof homeView>> {
  const [{ incidents }, pages, followUps, drills, { health }, checkup] = await Promise.all([
    openIncidents(desk),
    desk.pages.list(),
    desk.followUps.list(),
    desk.drills.list(),
    desk.statistics.read(),
    lastLook(desk),
  ]);
  return homeView({ incidents, acting, pages, followUps, drills, health, checkup, now: desk.clock.now() });
}

/** A look that can't be read must not keep the rest from being shown. */
async function lastLook({ store }: Pick<Desk, 'store'>): Promise<CheckupState> {
  try {
    return (await store.load(CHECKUP_STREAM)).state;
  } catch (error) {
    if (error instanceof JournalBroken) return { status: 'none' };
    throw error;
  }
}

type HomeSource = 'store' | 'pages' | 'followUps' | 'drills' | 'statistics' | 'clock';
