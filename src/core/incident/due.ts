import type { Instant, PersonId, RunId, StepId } from '../brand.ts';
import { checklistDue } from '../drill/checklist.ts';
import { owedMails } from './mail-due.ts';
import type { Audience } from './record-event.ts';
import { updateDueAt } from './record.ts';
import { readySteps, wentWrong } from './readiness.ts';
import type { IncidentState, Run, RunStep } from './state.ts';
import { approvalEndsAt, scorecardOwed, standFor } from './state.ts';
import { verdictOf } from './verdict.ts';

/** Something that the world owes an incident right now. None of these has an intent yet. */
export type Effect =
  | { readonly do: 'check'; readonly run: RunId; readonly step: StepId; readonly attempt: number; readonly when: 'before' | 'after-crash' }
  | { readonly do: 'ask'; readonly run: RunId; readonly step: StepId }
  | { readonly do: 'request-approval'; readonly run: RunId; readonly step: StepId }
  | { readonly do: 'expire-approval'; readonly run: RunId; readonly step: StepId }
  | { readonly do: 'perform'; readonly run: RunId; readonly step: StepId; readonly approvers: readonly PersonId[] }
  | {
      readonly do: 'kill-orphan';
      readonly run: RunId;
      readonly step: StepId;
      readonly process: { readonly pgid: number; readonly startedAt: string };
    }
  | { readonly do: 'hold-or-finish'; readonly run: RunId }
  | { readonly do: 'call-for-update' }
  | { readonly do: 'mail-update'; readonly number: number; readonly audience: Audience }
  | { readonly do: 'write-report' }
  | { readonly do: 'write-scorecard' }
  | { readonly do: 'ask-checklist' };

/** Derives everything that is owed from the state alone, so that nothing has to be remembered beside the journal. */
export function due(state: IncidentState, now: Instant): readonly Effect[] {
  if (state.status === 'none') return [];
  const running = state.runs.filter((run) => run.progress.status !== 'finished').flatMap((run) => dueOfRun(run, now));
  const mails = owedMails(state.record).filter(({ at }) => at <= now);
  const owed: readonly Effect[] = [...running, ...mails.map(({ number, audience }) => ({ do: 'mail-update', number, audience }) as const)];
  if (state.status === 'closed') {
    const report = state.reportOwed ? [{ do: 'write-report' } as const] : [];
    return [...owed, ...report, ...(scorecardOwed(state) ? [{ do: 'write-scorecard' } as const] : [])];
  }
  const updateAt = updateDueAt(state.record);
  const update = updateAt !== null && updateAt <= now ? [{ do: 'call-for-update' } as const] : [];
  return [...owed, ...update, ...(checklistDue(state) ? [{ do: 'ask-checklist' } as const] : [])];
}

/** When time alone makes something due; the present moment where something is due already, null where nothing will be. */
export function nextDueAt(state: IncidentState): Instant | null {
  if (state.status === 'none') return null;
  if (due(state, state.lastAt).length > 0) return state.lastAt;
  const ends = state.runs.flatMap((run) => (run.progress.status === 'running' ? run.steps.flatMap(endOfWait) : []));
  const updateAt = state.status === 'open' ? updateDueAt(state.record) : null;
  const all = [...ends, ...(updateAt === null ? [] : [updateAt]), ...owedMails(state.record).map(({ at }) => at)];
  return all.length === 0 ? null : (Math.min(...all) as Instant);
}

function endOfWait({ state }: RunStep): readonly Instant[] {
  if (state.status !== 'awaiting-approval') return [];
  const end = approvalEndsAt(state.approval);
  return end === null ? [] : [end];
}

function dueOfRun(run: Run, now: Instant): readonly Effect[] {
  const waiting = run.steps.flatMap((step) => dueOfStep(run, step, now));
  if (verdictOf(run).kind !== 'go-on') return [...waiting, { do: 'hold-or-finish', run: run.id }];
  return [...waiting, ...readySteps(run).map((step) => beginning(run, step))];
}

/** What a ready item begins with: its own check, a question to a person, an approval, or the deed. */
function beginning(run: Run, { plan, attempt, state }: RunStep): Effect {
  const at = { run: run.id, step: plan.id };
  const checked = state.status === 'pending' && state.checked;
  if (plan.check && !checked) return { do: 'check', ...at, attempt, when: 'before' };
  if (plan.ask !== undefined) return { do: 'ask', ...at };
  if (plan.approve) return { do: 'request-approval', ...at };
  return { do: 'perform', ...at, approvers: [] };
}

function dueOfStep(run: Run, { plan, attempt, state }: RunStep, now: Instant): readonly Effect[] {
  const at = { run: run.id, step: plan.id };
  switch (state.status) {
    case 'awaiting-approval': {
      const end = approvalEndsAt(state.approval);
      return end !== null && now >= end && run.progress.status === 'running' ? [{ do: 'expire-approval', ...at }] : [];
    }
    case 'approved':
      if (run.progress.status !== 'running' || run.steps.some(wentWrong)) return [];
      return [{ do: 'perform', ...at, approvers: standFor(state.approval).map(({ id }) => id) }];
    case 'unknown':
      return dueOfUnknown(at, plan.effect === 'guarded' && plan.check !== undefined, attempt, state);
    case 'pending':
    case 'skipped':
    case 'refused':
    case 'asking':
    case 'intended':
    case 'finished':
      return [];
    default:
      return state satisfies never;
  }
}

function dueOfUnknown(
  at: { run: RunId; step: StepId },
  canCheck: boolean,
  attempt: number,
  state: Extract<RunStep['state'], { status: 'unknown' }>,
): readonly Effect[] {
  if (state.alive) return state.killRequested && state.intent.process ? [{ do: 'kill-orphan', ...at, process: state.intent.process }] : [];
  return canCheck && !state.checked && !state.givenUp ? [{ do: 'check', ...at, attempt, when: 'after-crash' }] : [];
}
