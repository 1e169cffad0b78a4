import { sayDuration } from '../../core/duration.ts';
import type { RunOutcome } from '../../core/incident/event.ts';
import type { Health } from '../../core/stats/health.ts';
import type { Month } from '../../core/stats/months.ts';
import { PHASES } from '../../core/stats/phases.ts';
import type { Phase } from '../../core/stats/phases.ts';
import type { Stats } from '../../core/stats/port.ts';
import type { Score } from '../../core/trigger/event.ts';
import { card, context, header } from './blocks.ts';
import type { Card } from './blocks.ts';
import { count } from './numbers.ts';
import { safe } from './text.ts';
import { SCORES } from './trigger-words.ts';
import { moment, OUTCOMES } from './words.ts';

/** `/rollback stats`: how each procedure does, how long the way back takes, and what came of alerts and rules. */
export function statsCard({ health, months, alerts, triggers }: Stats): Card {
  const { groups, open, toIncident } = alerts;
  const rows = [
    '*Procedures*',
    ...(health.length > 0 ? health.map(sayHealth) : ['There is none yet.']),
    '*Time to recover by month* (median, from the first sign to verified)',
    ...(months.length > 0 ? months.toReversed().map(sayMonth) : ['No run in earnest was verified yet.']),
    '*Alerts*',
    groups === 0
      ? 'None came in.'
      : `${count(groups)} groups of ${count(alerts.alerts)} alerts, ${count(open)} open; ${count(toIncident)} led to an incident`,
    '*Rules*',
    ...(triggers.length > 0
      ? triggers.map(({ rule, scores }) => `• ${safe(rule, 200)}: ${sayScores(scores)}`)
      : ['None watches anything.']),
  ];
  return card({
    text: ['How rollbacks are doing', ...rows].join('; '),
    top: [header('How rollbacks are doing')],
    rows,
    bottom: [context('Drills count for no recovery. Medians of procedures are of the last verified runs, without waiting for people.')],
  });
}

/** How one procedure does, in one line; with what contradicts its estimate on the next. */
export function sayHealth({ procedure, runs, outcomes, lastRun, lastDrill, estimate, medianMs, contradiction }: Health): string {
  const ended = (Object.entries(outcomes) as [RunOutcome, number][]).map(([outcome, many]) => `${many} ${outcome}`);
  const says = [
    runs === 0 ? 'never run in earnest' : `${runs} ${runs === 1 ? 'run' : 'runs'}${ended.length > 0 ? ` (${ended.join(', ')})` : ''}`,
    ...(lastRun ? [`last ${moment(lastRun.at)} ${sign(lastRun.outcome)}`] : []),
    lastDrill ? `last drill ${moment(lastDrill.at)} ${sign(lastDrill.outcome)}` : 'never drilled',
    ...(medianMs === null ? [] : [`median ${sayDuration(medianMs)}`]),
    ...(estimate === null ? [] : [`estimate ${safe(estimate, 20)}`]),
  ];
  return [
    `• \`${safe(procedure, 40)}\` ${says.join(' · ')}`,
    ...(contradiction ? [`     :warning: ${safe(contradiction, 400)}`] : []),
  ].join('\n');
}

const PHASE_WORDS = {
  detect: 'detected',
  page: 'paged',
  acknowledge: 'answered',
  decide: 'decided',
  wait: 'waited for people',
  execute: 'executed',
  verify: 'verified',
} as const satisfies Record<Phase, string>;

function sayMonth({ month, recoveries, medianMs, phases }: Month): string {
  const parts = PHASES.flatMap((phase) => (phases[phase] === null ? [] : [`${PHASE_WORDS[phase]} ${sayDuration(phases[phase])}`]));
  return `• *${month}* ${sayDuration(medianMs)} (${recoveries} ${recoveries === 1 ? 'recovery' : 'recoveries'}): ${parts.join(', ')}`;
}

function sayScores(scores: Readonly<Record<Score, number>>): string {
  return (Object.entries(SCORES) as [Score, string][]).map(([score, says]) => `${says} ${scores[score]}`).join(', ');
}

function sign(outcome: RunOutcome | null): string {
  return outcome === null ? ':hourglass_flowing_sand:' : OUTCOMES[outcome].sign;
}
