import { homeView } from '../cards/home.ts';
import type { Entry } from './entry.ts';
import { openIncidents } from './rollback-command.ts';

/** Somebody opens the app's home. */
export const HOME: Entry = {
  kind: 'event',
  id: 'app_home_opened',
  resume: 'drop',
  handle: async ({ incoming, acting }, desk) => {
    if (incoming.text !== 'home') return;
    const view = homeView((await openIncidents(desk)).incidents, acting.roles);
    await desk.web.call('views.publish', { user_id: incoming.caller.user, view });
  },
};
