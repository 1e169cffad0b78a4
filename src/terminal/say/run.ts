import type { Instant } from '../../core/brand.ts';
import { sayDuration } from '../../core/duration.ts';
import type { Json } from '../../core/digest.ts';
import { notReached } from '../../core/incident/outcome.ts';
import { nameOf } from '../../core/incident/name-of.ts';
import type { Run, RunStep } from '../../core/incident/state.ts';
import { sayProgress } from './words.ts';

/** A run as a table: where it stands, and each item with what came of it. */
export function runLines(run: Run, now: Instant): readonly string[] {
  const { progress, procedure, target, startedAt } = run;
  const took = sayDuration((progress.status === 'finished' ? progress.at : now) - startedAt);
  const usual = procedure.estimate === undefined ? '' : `, usually ${procedure.estimate}`;
  return [
    `${procedure.title} on ${target.name}: ${sayProgress(run)}`,
    `  run ${run.id}, started by ${nameOf(run.startedBy)}${run.reason ? `: ${run.reason}` : ''}; ${took}${usual}`,
    ...run.steps.map((step) => `  ${stepLine(run, step)}`),
  ];
}

/** The same as data. */
export function runData(run: Run): Json {
  const { id, procedure, target, params, progress, reason } = run;
  const steps = run.steps.map(({ plan, attempt, state }) => ({
    step: plan.id,
    title: plan.title,
    phase: plan.phase,
    effect: plan.effect,
    attempt,
    status: state.status,
    outcome: state.status === 'finished' ? state.result.outcome : null,
    says: state.status === 'finished' ? state.result.says : null,
  }));
  return {
    run: id,
    procedure: procedure.id,
    target: target.name,
    params,
    reason,
    startedBy: nameOf(run.startedBy),
    startedAt: new Date(run.startedAt).toISOString(),
    status: progress.status,
    outcome: progress.status === 'finished' ? progress.outcome : null,
    steps,
  };
}

function stepLine(run: Run, step: RunStep): string {
  const never = notReached(run, step);
  const { sign, says } = never === null ? standing(step) : { sign: ' ', says: never };
  const attempt = step.attempt > 1 ? ` (attempt ${step.attempt})` : '';
  return `${sign} ${step.plan.title}${attempt}${says === '' ? '' : ` · ${says}`}`;
}

function standing({ plan, state }: RunStep): { readonly sign: string; readonly says: string } {
  switch (state.status) {
    case 'pending':
      return { sign: ' ', says: plan.approve ? `needs approval by ${plan.approve.by.join(' or ')}` : '' };
    case 'skipped':
      return { sign: '-', says: `left out: ${state.reason}` };
    case 'awaiting-approval':
      return {
        sign: '?',
        says: `waits for approval by ${state.approval.by.join(' or ')} (${state.approval.given.length} of ${state.approval.need})`,
      };
    case 'approved':
      if (state.approval.override) return { sign: '»', says: `OVERRIDE by ${nameOf(state.approval.override.by)}` };
      return { sign: '»', says: `approved by ${state.approval.given.map(({ by }) => nameOf(by)).join(' and ')}` };
    case 'refused':
      return { sign: '✗', says: `${state.how}${state.by ? ` by ${nameOf(state.by)}` : ''}: ${state.reason}` };
    case 'asking':
      return { sign: '?', says: `asked ${state.role}` };
    case 'intended':
      return { sign: '»', says: 'running' };
    case 'unknown':
      return { sign: '?', says: `unknown: nobody knows whether it happened${state.alive ? '; its process still runs' : ''}` };
    case 'finished': {
      const { outcome, durationMs, says } = state.result;
      const found = says === '' ? '' : ` · ${says}`;
      if (outcome === 'failed') return { sign: '✗', says: `failed after ${sayDuration(durationMs)}${found}` };
      return { sign: '✓', says: outcome === 'already-done' ? `was done already${found}` : `${sayDuration(durationMs)}${found}` };
    }
    default:
      return state satisfies never;
  }
}
