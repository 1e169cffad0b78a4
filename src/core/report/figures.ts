import type { Instant } from '../brand.ts';
import type { IncidentEvent } from '../incident/event.ts';
import type { Run } from '../incident/state.ts';

/** The moments and lengths of a run; null where it never came to that. Lengths are in milliseconds. */
export type RunFigures = {
  readonly startedAt: Instant;
  readonly approvedAt: Instant | null;
  readonly executedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** Waiting for people: approvals, questions, decisions about unknown or failed steps. Times that overlap count once. */
  readonly waitingMs: number;
  /** All the rest, from start to end. */
  readonly machineMs: number | null;
};

/** Reads a run's figures from the journal's own times. */
export function figuresOf(run: Run, events: readonly IncidentEvent[]): RunFigures {
  const own = events.filter((event) => 'run' in event && event.run === run.id);
  const last = (type: IncidentEvent['type']): Instant | null => own.findLast((event) => event.type === type)?.at ?? null;
  const executed = own.findLast((event) => event.type === 'step-finished' && phaseOf(run, event.step) === 'step' && event.outcome === 'ok');
  const endedAt = run.progress.status === 'finished' ? run.progress.at : null;
  const waitingMs = lengthOf(waits(own, endedAt));
  return {
    startedAt: run.startedAt,
    approvedAt: last('approval-given') ?? last('approval-overridden'),
    executedAt: executed?.at ?? null,
    endedAt,
    waitingMs,
    machineMs: endedAt === null ? null : Math.max(0, endedAt - run.startedAt - waitingMs),
  };
}

/** How long people were waited for between two moments of a run: for approvals, and for nothing else. */
export function waitedBetween(run: Run, events: readonly IncidentEvent[], from: Instant, to: Instant): number {
  const own = events.filter((event) => 'run' in event && event.run === run.id);
  const spans = waits(own, to, (type) => type === 'approval-requested');
  return lengthOf(spans.map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) })));
}

function phaseOf(run: Run, id: string): string | undefined {
  return run.steps.find((step) => step.plan.id === id)?.plan.phase;
}

type Span = { readonly from: number; readonly to: number };

const BEGINS: ReadonlySet<string> = new Set(['approval-requested', 'question-asked', 'step-unknown', 'run-held']);
const ENDS: ReadonlySet<string> = new Set([
  'approval-given',
  'approval-overridden',
  'approval-denied',
  'approval-expired',
  'question-answered',
  'step-settled',
  'run-continued',
  'run-stop-requested',
  'run-made-way',
]);

const DECISIONS: ReadonlySet<string> = new Set(['run-continued', 'run-stop-requested', 'run-made-way']);

/** From each request to a person until the next answer about the same thing. */
function waits(events: readonly IncidentEvent[], endedAt: Instant | null, counts = (type: string) => BEGINS.has(type)): readonly Span[] {
  return events.flatMap((event, index) => {
    if (!counts(event.type)) return [];
    const rest = events.slice(index + 1);
    const answers = rest.filter((later) => ENDS.has(later.type) && isAbout(event, later));
    const end = deciding(event, answers)?.at ?? endedAt;
    return end === null ? [] : [{ from: event.at, to: end }];
  });
}

/** The answer that ends the wait: as many approvals as are needed, or one that is anything else. */
function deciding(asked: IncidentEvent, answers: readonly IncidentEvent[]): IncidentEvent | undefined {
  const need = asked.type === 'approval-requested' ? asked.need : 1;
  const enough = answers.filter(({ type }) => type === 'approval-given').at(need - 1);
  return answers.find((answer) => answer === enough || answer.type !== 'approval-given');
}

function isAbout(asked: IncidentEvent, answer: IncidentEvent): boolean {
  if (asked.type === 'run-held') return DECISIONS.has(answer.type);
  return 'step' in asked && 'step' in answer && asked.step === answer.step;
}

function lengthOf(spans: readonly Span[]): number {
  let total = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    total += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return total;
}
