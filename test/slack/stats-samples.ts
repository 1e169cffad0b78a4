import type { Statistics, Stats } from '../../src/core/stats/port.ts';
import { healthOf } from '../../src/core/stats/health.ts';
import { monthsOf } from '../../src/core/stats/months.ts';
import { statsCard } from '../../src/slack/cards/stats-card.ts';
import { earlier, ended, MINUTE, summary } from '../core/stats/scenes.ts';

const NOTHING: Stats = { health: [], months: [], alerts: { groups: 0, open: 0, alerts: 0, toIncident: 0, bySource: {} }, triggers: [] };

/** An installation in which nothing has ever happened. */
export const NO_STATISTICS: Statistics = { read: async () => await Promise.resolve(NOTHING) };

const slow = { machineMs: 9 * MINUTE };
const PROCEDURES = [
  { id: 'cache', estimate: '2m-3m' },
  { id: 'emergency', estimate: '10m-15m' },
  { id: 'frontend', estimate: null },
];
export const SUMMARIES = [
  summary(),
  earlier(3, 12, slow),
  earlier(9, 25, slow),
  earlier(31, 40, slow),
  earlier(33, 45, ended('denied')),
  earlier(70, 31),
  { ...earlier(5, 20), drill: true },
];

const many = Array.from({ length: 60 }, (_, index) => ({ id: `procedure-${index}`, estimate: '2m-3m' }));

/** What people read of figures. */
export const STATS_CARDS: Readonly<Record<string, object>> = {
  'stats-nothing': statsCard(NOTHING),
  stats: statsCard({
    health: healthOf(PROCEDURES, SUMMARIES),
    months: monthsOf(SUMMARIES),
    alerts: { groups: 120, open: 4, alerts: 31_250, toIncident: 12, bySource: {} },
    triggers: [
      { rule: 'Error rate above 10 % on production', scores: { followed: 3, vetoed: 1, ignored: 2, 'rolled-back-without-it': 0 } },
      { rule: '<!channel> *rude* & long on staging', scores: { followed: 0, vetoed: 0, ignored: 0, 'rolled-back-without-it': 1 } },
    ],
  }),
  'stats-many': statsCard({ ...NOTHING, health: healthOf(many, SUMMARIES), months: monthsOf(SUMMARIES) }),
};
