import type { Instant, RoleId } from '../../core/brand.ts';
import { sayDuration } from '../../core/duration.ts';
import { behindOf, behindTitle } from '../../core/incident/behind.ts';
import { standFor } from '../../core/incident/state.ts';
import type { Run } from '../../core/incident/state.ts';
import { changes, sayReading } from '../../core/reading/key-reading.ts';
import type { KeyReading } from '../../core/reading/key-reading.ts';
import type { Settings } from '../../core/settings.ts';
import { card, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { isPointOfNoReturn, stepRow } from './step-row.ts';
import { safe } from './text.ts';
import { call, HELD_WHY, moment, OUTCOMES, sayRoles, who } from './words.ts';

export type RunCardParts = {
  readonly run: Run;
  readonly now: Instant;
  readonly settings: Settings;
  readonly drill: boolean;
  /** The roles that the procedure wants told when it starts on a protected target. */
  readonly told: readonly RoleId[];
  /** What its key metrics are at this moment, as far as it is known. */
  readonly metrics?: readonly KeyReading[];
};

/** The one card of a run: where it stands, each item with its time, and what it waits for. */
export function runCard({ run, now, settings, drill, told, metrics = [] }: RunCardParts): Card {
  const name = `${drill ? 'Drill: ' : ''}${run.procedure.title} on ${run.target.name}`;
  const standing = sayStanding(run);
  const waiting = waitsFor(run);
  const paged = run.target.protected && told.length > 0 ? [context(`For the attention of ${call(told, settings)}`)] : [];
  const figures = sayMetrics(run, metrics);
  const behind = run.progress.status === 'finished' ? behindOf(run).map((each) => `:warning: ${safe(behindTitle(each))}`) : [];
  return card({
    text: [`${safe(name)}: ${standing}`, `${sayCount(run)}, ${sayTime(run, now)}`, ...waiting, ...figures, ...behind].join('. '),
    top: [
      header(name),
      section(`${standing}\n${sayCount(run)} · ${sayTime(run, now)}`),
      context(sayOrigin(run)),
      ...figures.map((line) => context(line)),
      ...paged,
    ],
    rows: rowsOf(run),
    bottom: [
      ...(waiting.length > 0 ? [section(`*Waits for* ${waiting.join('; ')}`)] : []),
      ...behind.map((each) => section(each)),
      ...notes(run),
    ],
  });
}

/** Where a run stands, in a few words. */
export function sayStanding({ progress, steps }: Run): string {
  switch (progress.status) {
    case 'running':
      return ':hourglass_flowing_sand: *Running*';
    case 'held': {
      const step = steps.find(({ plan }) => plan.id === progress.step);
      return `:raised_hand: *Waits for a decision*: ${HELD_WHY[progress.why]}${step ? ` (${safe(step.plan.title)})` : ''}`;
    }
    case 'undoing':
      return ':leftwards_arrow_with_hook: *Being undone*';
    case 'stopping':
      return `:octagonal_sign: *Being stopped* by ${who(progress.by)}`;
    case 'finished':
      return `${OUTCOMES[progress.outcome].sign} *${capital(OUTCOMES[progress.outcome].says)}*`;
    default:
      return progress satisfies never;
  }
}

/** What a running run is waiting for that is not its own work. */
export function waitsFor(run: Run): readonly string[] {
  if (run.progress.status === 'finished') return [];
  const waits = run.steps.flatMap(({ plan, state }) => {
    const title = `“${safe(plan.title)}”`;
    if (state.status === 'awaiting-approval') return [`approval of ${title} by ${sayRoles(state.approval.by)}`];
    if (state.status === 'asking') return [`an answer of ${sayRoles([state.role])} to ${title}`];
    // The last look at who may approve takes a moment; where Slack can't say, it takes until it can.
    if (state.status === 'approved' && run.progress.status === 'running')
      return [`Slack's word that ${standFor(state.approval).map(who).join(' and ')} may still approve ${title}`];
    return state.status === 'unknown' ? [`word of what became of ${title}`] : [];
  });
  return waits.length > 5 ? [...waits.slice(0, 5), `${waits.length - 5} more`] : waits;
}

/** The key metrics in one line, as they were before the first step and as they are; nothing where nothing was read. */
function sayMetrics({ metrics: { before, after } }: Run, now: readonly KeyReading[]): readonly string[] {
  const known = changes(before ?? [], after ?? now).filter((each) =>
    [each.before, each.now].some((reading) => reading && 'value' in reading),
  );
  if (known.length === 0) return [];
  return [known.map((each) => `${safe(each.title, 80)} ${sayReading(each.before)} → ${sayReading(each.now)}`).join(' · ')];
}

/** Time since the start against what it usually takes; by whole minutes, so that a card does not change every second. */
function sayTime({ progress, startedAt, procedure }: Run, now: Instant): string {
  const over = progress.status === 'finished';
  const elapsedMs = Math.max(0, (over ? progress.at : now) - startedAt);
  const elapsed = over
    ? sayDuration(elapsedMs)
    : elapsedMs < 60_000
      ? 'under a minute'
      : sayDuration(Math.floor(elapsedMs / 60_000) * 60_000);
  return `${over ? 'took ' : ''}${elapsed}${procedure.estimate === undefined ? '' : ` (estimate ${safe(procedure.estimate, 20)})`}`;
}

function sayCount({ steps }: Run): string {
  const meant = steps.filter(({ state }) => state.status !== 'skipped');
  const done = meant.filter(({ state }) => state.status === 'finished' && state.result.outcome !== 'failed');
  return `${done.length} of ${meant.length} done`;
}

function sayOrigin(run: Run): string {
  const params = Object.entries(run.params).map(([name, value]) => `${safe(name, 40)}=${safe(value, 80)}`);
  return [
    `Run ${safe(run.id, 20)}`,
    `started by ${who(run.startedBy)} ${moment(run.startedAt)}`,
    ...(run.reason === null ? [] : [`because: ${safe(run.reason, 400)}`]),
    ...(run.target.protected ? [`${safe(run.target.name, 60)} is protected`] : []),
    ...(params.length > 0 ? [params.slice(0, 10).join(' ')] : []),
  ].join(' · ');
}

function rowsOf(run: Run): readonly string[] {
  const titles = { preflight: '*Before*', step: '*Steps*', verify: '*Afterwards*', undo: '*Undo*' } as const;
  return (['preflight', 'step', 'undo', 'verify'] as const).flatMap((phase) => {
    const rows = run.steps.filter(({ plan }) => plan.phase === phase).map((step) => stepRow(run, step));
    return rows.length > 0 ? [titles[phase], ...rows] : [];
  });
}

function notes(run: Run): ReturnType<typeof context>[] {
  const what = { procedure: "the procedure's file", target: "the target's settings" } as const;
  const changed = run.settingsChanged.map((each) => what[each]).join(' and ');
  const final = run.steps
    .filter((step) => isPointOfNoReturn(step) && step.state.status !== 'skipped')
    .map(({ plan }) => `“${safe(plan.title, 80)}”`);
  return [
    ...(final.length > 0 ? [context(`:no_entry_sign: Point of no return: ${final.slice(0, 8).join(', ')}`)] : []),
    ...(changed ? [context(`:memo: Since the start, ${changed} changed. This run goes on as it was pinned when it began.`)] : []),
  ];
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
