import type { Instant } from '../brand.ts';
import { evolve, INITIAL } from '../incident/evolve.ts';
import type { IncidentEvent } from '../incident/event.ts';
import type { IncidentState, Run } from '../incident/state.ts';
import { sayTo } from '../page/note.ts';
import { judgeEstimate } from '../procedure/estimate.ts';
import type { EstimateVerdict } from '../procedure/estimate.ts';
import { figuresOf } from '../report/figures.ts';
import { answersIn } from './answers.ts';
import type { Answered } from './answers.ts';
import { breaksIn } from './breaks.ts';
import type { Break } from './breaks.ts';
import { ITEMS } from './checklist.ts';
import type { ChecklistAnswer } from './checklist.ts';
import { troublesOf } from './trouble-met.ts';
import type { TroubleMet } from './trouble-met.ts';

type Incident = Exclude<IncidentState, { status: 'none' }>;

/** How a drill went, as figures and names; the Markdown is made of this alone. */
export type Scorecard = {
  readonly drill: string | null;
  readonly incident: string;
  readonly title: string;
  readonly openedAt: Instant;
  readonly openedBy: string;
  readonly closedAt: Instant | null;
  readonly runs: readonly RunScore[];
  /** Left out where nobody was paged. */
  readonly pages?: readonly PageScore[];
  readonly trouble: readonly TroubleMet[];
  readonly checklist: {
    readonly by: string | null;
    readonly answers: readonly (ChecklistAnswer | Unanswered)[];
    readonly note: string | null;
  };
};
/** Who was called for what, and how long after that somebody answered; null where nobody did. */
export type PageScore = {
  readonly at: Instant;
  readonly to: string;
  readonly summary: string;
  readonly called: readonly { readonly name: string; readonly by: readonly string[] }[];
  readonly answered: { readonly by: string; readonly how: string; readonly afterMs: number } | null;
  /** How long after the call what it was for was over, where that came before an answer. */
  readonly overAfterMs: number | null;
};
type Unanswered = { readonly item: ChecklistAnswer['item']; readonly answer: null };

export type RunScore = {
  readonly run: string;
  readonly procedure: string;
  readonly procedureTitle: string;
  readonly target: string;
  readonly outcome: string;
  readonly tookMs: number | null;
  readonly waitingMs: number;
  readonly machineMs: number | null;
  readonly estimate: string | null;
  /** Of the last verified runs, as far as they were known when it was written. */
  readonly judged: EstimateVerdict | null;
  readonly answers: readonly (Omit<Answered, 'who'> & { readonly who: string; readonly title: string })[];
  readonly broke: readonly Break[];
};

/** Reads the scorecard of a drill from its journal alone, so that an old journal gives the same again. */
export function scorecardOf(events: readonly IncidentEvent[]): Scorecard {
  const state = events.reduce(evolve, INITIAL);
  if (state.status === 'none') throw new Error('There is no incident in this journal.');
  const { practice, checklist } = state;
  const pages = pagesIn(state, events);
  return {
    drill: practice?.drill ?? null,
    incident: state.incident,
    title: state.title,
    openedAt: state.openedAt,
    openedBy: state.openedBy.kind === 'person' ? state.openedBy.name : 'Rollbot',
    closedAt: state.status === 'closed' ? state.closedAt : null,
    runs: state.runs.map((run) => scoreOf(run, events)),
    ...(pages.length > 0 && { pages }),
    trouble: troublesOf(state, events),
    checklist: {
      by: checklist?.by.name ?? null,
      answers: ITEMS.map((item) => checklist?.answers.find((each) => each.item === item) ?? { item, answer: null }),
      note: checklist?.note ?? null,
    },
  };
}

/** `<yyyymmdd-hhmmss>-<procedure>.md`, as the report of the same incident. */
export function scorecardName({ openedAt, runs }: Pick<Incident, 'openedAt' | 'runs'>): string {
  const stamp = new Date(openedAt).toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${stamp}-${runs[0]?.procedure.id ?? 'drill'}.md`;
}

function scoreOf(run: Run, all: readonly IncidentEvent[]): RunScore {
  const events = all.filter((event) => 'run' in event && event.run === run.id);
  const { waitingMs, machineMs } = figuresOf(run, events);
  const past = events.findLast((event) => event.type === 'past-runs-noted');
  const { progress, procedure } = run;
  const over = progress.status === 'finished';
  return {
    run: run.id,
    procedure: procedure.id,
    procedureTitle: procedure.title,
    target: run.target.name,
    outcome: over ? progress.outcome : progress.status,
    tookMs: over ? progress.at - run.startedAt : null,
    waitingMs,
    machineMs,
    estimate: procedure.estimate ?? null,
    judged: judgeEstimate(procedure.estimate, past?.type === 'past-runs-noted' ? past.machineMs : []),
    answers: answersIn(events).map(({ who, ...answer }) => ({ ...answer, who: who.name, title: titleOf(run, answer.step) })),
    broke: breaksIn(run, events),
  };
}

/** Pages that never called anybody, because what they were for was over first, are none. */
function pagesIn({ pages }: Incident, events: readonly IncidentEvent[]): readonly PageScore[] {
  return pages.flatMap(({ page, to, summary, openedAt, calledAt, closedAt, silentAt }) => {
    const notes = events.flatMap((event) => (event.type === 'page-noted' && event.page === page ? [event] : []));
    const called = notes.flatMap(({ note }) => (note.is === 'called' ? note.people : []));
    if (called.length === 0 && !notes.some(({ note }) => note.is === 'silent')) return [];
    const since = (at: Instant): number => Math.max(0, at - (calledAt ?? openedAt));
    const answer = notes.find(({ note }) => note.is === 'acknowledged');
    const answered = answer?.note.is === 'acknowledged' ? { by: answer.note.by, how: answer.note.how, afterMs: since(answer.at) } : null;
    const overAfterMs = answered === null && silentAt === null && closedAt !== null ? since(closedAt) : null;
    const people = called.map(({ name, media }) => ({ name, by: media }));
    return [{ at: openedAt, to: sayTo(to), summary, called: people, answered, overAfterMs }];
  });
}

function titleOf(run: Run, step: string): string {
  return run.steps.find(({ plan }) => plan.id === step)?.plan.title ?? step;
}
