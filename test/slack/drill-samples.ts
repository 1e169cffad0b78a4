import type { IncidentId, Instant, RunId } from '../../src/core/brand.ts';
import { CHECKLIST, ITEMS } from '../../src/core/drill/checklist.ts';
import type { Notice } from '../../src/core/drill/event.ts';
import type { Drills } from '../../src/core/drill/port.ts';
import type { IncidentFact } from '../../src/core/incident/event.ts';
import { DRILL_REFUSALS } from '../../src/core/drill/refusal.ts';
import type { DrillEnd, Planned } from '../../src/core/drill/state.ts';
import type { Card } from '../../src/slack/cards/blocks.ts';
import { drillCard, drillsCard, missedDrillCard } from '../../src/slack/cards/drill-card.ts';
import { drillChecklistCard, checklistView } from '../../src/slack/cards/drill-checklist.ts';
import { DANA, LEE, STARTS_AT, Timetable } from '../core/drill/stage.ts';
import { madeWayCard } from '../../src/slack/cards/made-way-card.ts';
import { beginning, dana, opened, RUN, settings, started, token, told } from './story.ts';

const NOT_PLANNED = { status: 'refused', says: DRILL_REFUSALS['not-planned'] } as const;

/** An installation in which nothing is practised. */
export const NO_DRILLS: Drills = {
  list: async () => await Promise.resolve([]),
  start: async () => await Promise.resolve(NOT_PLANNED),
  skip: async () => await Promise.resolve(NOT_PLANNED),
  signUp: async () => await Promise.resolve(NOT_PLANNED),
  onChange: () => () => undefined,
};

/** A drill as it was last announced. */
function announced(change: object, ...hoursBefore: readonly number[]): Planned {
  const table = new Timetable({ roles: ['devops-engineer'], people: ['U0ABC'], ...change });
  table.keep();
  for (const hours of hoursBefore) table.at(hours);
  table.tell({ kind: 'sign-up', token: null, ...LEE });
  if (table.state.status !== 'planned') throw new Error('The drill is over.');
  return table.state.next;
}

function drill(planned: Planned, notice: Notice, end: DrillEnd | null = null, channel: string | null = null): Card {
  return drillCard({ planned, notice, end, channel, settings });
}

const told24 = announced({}, 24);
const toldBoth = announced({}, 24, 1);
const at = STARTS_AT;
const missed = { how: 'missed', why: 'bot-was-down', says: 'Rollbot was down when it should have begun.', at } as const;
const rude = { ...DANA.by, name: '<!channel>' };
const begun = { how: 'started', incident: 'i1' as IncidentId, run: 'r1' as RunId, by: rude, at } as const;

const asked = [
  { ...opened, drill: true, practice: { drill: 'monthly', signedUp: { people: [], roles: [] }, trouble: {} } },
  ...beginning.slice(1, 2),
  started,
  { type: 'run-finished', run: RUN, outcome: 'verified' },
  { type: 'drill-checklist-asked', token: token('T-list') },
] as const;
const answers = ITEMS.map((item, index) => ({ item, answer: (['yes', 'not-tested', 'no'] as const)[index % 3] ?? 'yes' }));

const theRun = told(...asked).incident.runs[0]!;

function checklist(...facts: readonly (IncidentFact | readonly IncidentFact[])[]): Card {
  const card = drillChecklistCard(told(...facts.flat()).incident, settings);
  if (card === null) throw new Error(`Nobody was asked for ${Object.keys(CHECKLIST).length} answers.`);
  return card;
}

/** One of everything that people read of drills. */
export const DRILL_CARDS: Readonly<Record<string, object>> = {
  'drill-day-before': drill(told24, 'day-before'),
  'drill-hour-before': drill(toldBoth, 'hour-before'),
  'drill-day-before-later': drill(toldBoth, 'day-before'),
  'drill-by-itself-late': drill(announced({ starts: 'itself', roles: undefined, people: undefined }, 0.5), 'hour-before'),
  'drill-started': drill(toldBoth, 'hour-before', begun, 'C060INC'),
  'drill-skipped': drill(toldBoth, 'hour-before', { how: 'skipped', by: rude, reason: 'a *launch* of <@U1>', at }),
  'drill-missed': drill(toldBoth, 'hour-before', missed),
  'drill-missed-said': missedDrillCard(toldBoth, missed, {
    ...toldBoth,
    occurrence: { ...toldBoth.occurrence, startsAt: (at + 35 * 86_400_000) as Instant },
  }),
  'reply-drills': drillsCard([
    { drill: toldBoth.drill, state: { status: 'planned', next: toldBoth, last: { planned: told24, end: missed }, begun, lastAt: at } },
    { drill: told24.drill, state: { status: 'none' } },
  ]),
  'reply-no-drills': drillsCard([]),
  'drill-made-way': madeWayCard(theRun, { by: rude, wanted: { procedure: 'emergency', target: '*production*' }, at }),
  'drill-checklist-asking': checklist(...asked),
  'drill-checklist-answered': checklist(...asked, { type: 'drill-checklist-filled', by: dana, answers, note: 'The *search* was slow.' }),
  'form-drill-checklist': checklistView({ channel: 'C060INC', responseUrl: null, token: 'T-list' }),
};
