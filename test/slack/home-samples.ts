import type { Instant, PersonId } from '../../src/core/brand.ts';
import type { CheckupState } from '../../src/core/checkup/state.ts';
import type { DoctorFinding } from '../../src/core/doctor/finding.ts';
import type { Acting } from '../../src/core/incident/command.ts';
import { healthOf } from '../../src/core/stats/health.ts';
import { homeView } from '../../src/slack/cards/home.ts';
import type { HomeParts } from '../../src/slack/cards/home.ts';
import type { Incident } from '../../src/slack/cards/incident-card.ts';
import { Afterwards, DAY, OVER } from '../core/followup/scenes.ts';
import { DISK, NEVER_DRILLED } from './checkup-samples.ts';
import { SUMMARIES } from './stats-samples.ts';
import { omar, role } from './story.ts';

const ACTING: Acting = { by: omar, roles: [role('devops-engineer')] };
const QUIET: HomeParts = {
  incidents: [],
  acting: ACTING,
  pages: [],
  followUps: [],
  drills: [],
  health: [],
  checkup: { status: 'none' },
  now: OVER,
};

const page = {
  summary: 'Cache warming rollback on production waits for approval of “Clear the warmed entries”',
  called: [{ contact: 'omar', name: 'omar', person: omar.id }],
  acknowledged: null,
  openedAt: OVER,
};
const planned = {
  drill: { name: 'monthly', title: 'Monthly cache drill', target: 'staging' },
  state: {
    status: 'planned',
    next: { drill: { name: 'monthly', title: 'Monthly cache drill', target: 'staging' }, occurrence: { startsAt: OVER + 3 * DAY } },
  },
};
const busy = {
  checkup: { status: 'none' },
  pages: [page, { ...page, called: [{ contact: 'mina', name: 'mina', person: 'U0MINA' as PersonId }], summary: 'This is for mina' }],
  followUps: [new Afterwards().list],
  drills: [planned],
  now: (OVER + 8 * DAY) as Instant,
  health: healthOf(
    [
      { id: 'cache', estimate: '2m-3m' },
      { id: 'frontend', estimate: null },
    ],
    SUMMARIES,
  ),
} as unknown as HomeParts;

function looked(bad: readonly DoctorFinding[], well: number): CheckupState {
  return { status: 'known', at: OVER, bad, well, news: null };
}

/** The home tab: with what is waiting in these incidents, with nothing, and with more than anybody reads. */
export function homeCards(waiting: Incident): Readonly<Record<string, object>> {
  const lists = Array.from({ length: 40 }, () => new Afterwards().list);
  const health = healthOf(
    Array.from({ length: 40 }, (_, index) => ({ id: `procedure-${index}`, estimate: '2m-3m' })),
    SUMMARIES,
  );
  return {
    'home-waiting': homeView({ ...busy, acting: ACTING, incidents: [waiting] }),
    'home-quiet': homeView(QUIET),
    'home-installation-well': homeView({ ...QUIET, checkup: looked([], 14) }),
    'home-installation-failing': homeView({ ...QUIET, checkup: looked([DISK, NEVER_DRILLED], 12) }),
    'home-full': homeView({
      ...busy,
      acting: ACTING,
      incidents: Array.from({ length: 50 }, () => waiting),
      followUps: lists,
      health,
      checkup: looked(
        Array.from({ length: 40 }, () => ({ ...DISK, says: '<&>*'.repeat(300), advice: '<&>'.repeat(300) })),
        3,
      ),
    }),
  };
}
