import type { HomeView } from '@slack/types';
import type { Instant } from '../../core/brand.ts';
import type { CheckupState } from '../../core/checkup/state.ts';
import type { Drills } from '../../core/drill/port.ts';
import type { FollowUpList } from '../../core/followup/state.ts';
import { isFor, openItems } from '../../core/followup/state.ts';
import type { Acting } from '../../core/incident/command.ts';
import { approvalOf } from '../../core/incident/find.ts';
import type { Run, RunStep } from '../../core/incident/state.ts';
import type { Page } from '../../core/page/state.ts';
import type { Health } from '../../core/stats/health.ts';
import { card, header } from './blocks.ts';
import { sayFinding } from './checkup-card.ts';
import type { Incident } from './incident-card.ts';
import { sayStanding } from './run-card.ts';
import { sayHealth } from './stats-card.ts';
import { safe } from './text.ts';
import { moment } from './words.ts';

export type HomeParts = {
  readonly incidents: readonly Incident[];
  /** Whose home it is. */
  readonly acting: Acting;
  readonly pages: readonly Page[];
  readonly followUps: readonly FollowUpList[];
  readonly drills: Awaited<ReturnType<Drills['list']>>;
  readonly health: readonly Health[];
  /** The last look at the installation. */
  readonly checkup: CheckupState;
  readonly now: Instant;
};

/** Nobody reads more of one kind here; the lists of the commands have them all. */
const MOST = 15;

/** The home tab: what waits for this person, what is open, and how procedures are doing. It is drawn when somebody opens it, and not kept up to date. */
export function homeView(parts: HomeParts): HomeView {
  const { incidents, acting } = parts;
  const mine = [
    ...parts.pages.flatMap((page) => callOf(page, acting)),
    ...incidents.flatMap((incident) =>
      incident.runs.flatMap((run) => waitingFor(run, acting).map((line) => `• ${line}${placeOf(incident)}`)),
    ),
    ...followUpsOf(parts),
  ];
  const open = incidents.flatMap((incident) => [
    `*${incident.drill ? 'Drill: ' : ''}${safe(incident.title)}*${placeOf(incident)}`,
    ...incident.runs.map(
      (run) => `• ${safe(run.procedure.title)} on ${safe(run.target.name, 60)} (run ${safe(run.id, 20)}): ${sayStanding(run)}`,
    ),
  ]);
  const { blocks } = card({
    text: 'Rollbot',
    top: [header('Rollbot')],
    rows: [
      '*Waits for you*',
      ...few(mine, 'Nothing.'),
      '*Open*',
      ...few(open, 'Nothing is running. `/rollback` starts a procedure, `/rollback help` says what else there is.'),
      '*Next drill*',
      ...few(nextDrill(parts), 'None is planned.'),
      ...installation(parts.checkup),
      '*Procedures*',
      ...few(parts.health.map(sayHealth), 'There is none yet.'),
    ],
  });
  return { type: 'home', blocks: [...blocks] };
}

function few(rows: readonly string[], none: string): readonly string[] {
  if (rows.length === 0) return [none];
  return rows.length <= MOST ? rows : [...rows.slice(0, MOST), `_… and ${rows.length - MOST} more_`];
}

/** What would fail on the day, with what to do about it; warnings are counted, because the doctor has them all. */
function installation(checkup: CheckupState): readonly string[] {
  if (checkup.status === 'none') return [];
  const { at, bad, well } = checkup;
  const failures = bad.filter(({ level }) => level === 'failure');
  const warnings = bad.length - failures.length;
  const counts = [`${well} well`, ...(warnings > 0 ? [`${warnings} with a warning`] : [])];
  return [
    `*Installation* (looked at ${moment(at)}: ${counts.join(', ')})`,
    ...few(failures.map(sayFinding), 'Nothing that a rollback needs would fail.'),
    ...(bad.length > 0 ? ['_`rollbot doctor` on its host says all of it._'] : []),
  ];
}

function callOf({ acknowledged, called, summary, openedAt }: Page, { by }: Acting): readonly string[] {
  const isCalled = called.some(({ person }) => person === by.id);
  return isCalled && acknowledged === null ? [`• :pager: ${safe(summary, 200)} (since ${moment(openedAt)})`] : [];
}

/** What holders of these roles are asked for in a run. */
function waitingFor(run: Run, { roles }: Acting): readonly string[] {
  if (run.progress.status === 'finished') return [];
  const isMine = (wanted: Acting['roles']): boolean => wanted.some((role) => roles.includes(role));
  const held = run.progress.status === 'held' && isMine(run.deciders) ? [`A decision about ${safe(run.procedure.title)}`] : [];
  return [...held, ...run.steps.flatMap((step) => waitsIn(step, run, isMine))];
}

function waitsIn(step: RunStep, run: Run, isMine: (wanted: Acting['roles']) => boolean): readonly string[] {
  const title = `“${safe(step.plan.title)}”`;
  const { state } = step;
  if (state.status === 'awaiting-approval') return isMine(approvalOf(step)?.by ?? []) ? [`Approval of ${title}`] : [];
  if (state.status === 'asking') return isMine([state.role]) ? [`An answer to ${title}`] : [];
  return state.status === 'unknown' && isMine(run.deciders) ? [`Word of what became of ${title}`] : [];
}

function followUpsOf({ followUps, acting, now }: HomeParts): readonly string[] {
  return followUps
    .flatMap((list) => openItems(list).map((item) => ({ list, item })))
    .filter(({ item }) => isFor(item, acting))
    .toSorted((a, b) => a.item.dueAt - b.item.dueAt)
    .map(({ list, item }) => {
      const has = item.taken ? '' : ' (nobody has it)';
      return `• ${now > item.dueAt ? ':alarm_clock: ' : ''}${safe(item.title, 150)} after ${safe(list.title, 150)}, due ${moment(item.dueAt)}${has}`;
    });
}

function nextDrill({ drills }: HomeParts): readonly string[] {
  const planned = drills.flatMap(({ state }) => (state.status === 'planned' ? [state.next] : []));
  const [next] = planned.toSorted((a, b) => a.occurrence.startsAt - b.occurrence.startsAt);
  return next
    ? [`• ${safe(next.drill.title ?? next.drill.name, 100)} on ${safe(next.drill.target, 60)}, ${moment(next.occurrence.startsAt)}`]
    : [];
}

function placeOf({ channel }: Incident): string {
  return channel ? ` in <#${channel.id}>` : '';
}
