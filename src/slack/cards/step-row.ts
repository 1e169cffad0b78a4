import { sayDuration } from '../../core/duration.ts';
import { notReached } from '../../core/incident/outcome.ts';
import type { Run, RunStep } from '../../core/incident/state.ts';
import { safe } from './text.ts';
import { sayRoles, timeOfDay, who } from './words.ts';

/** One line of the run card: how an item stands, its name, its time and what was found. */
export function stepRow(run: Pick<Run, 'progress'>, step: RunStep): string {
  const never = notReached(run, step);
  const { sign, says } = never === null ? standing(step) : { sign: ':white_small_square:', says: never };
  const attempt = step.attempt > 1 ? ` _(attempt ${step.attempt})_` : '';
  return `${sign} ${safe(step.plan.title, 150)}${attempt}${says ? ` · ${says}` : ''}`;
}

/** Whether nothing takes this step back once it is done. */
export function isPointOfNoReturn({ plan }: RunStep): boolean {
  if (plan.probe.action.kind === 'announce') return false;
  return plan.phase === 'step' && plan.effect !== 'read' && plan.ask === undefined && plan.undo?.kind !== 'action';
}

function standing({ plan, state, startedAt }: RunStep): { sign: string; says: string } {
  switch (state.status) {
    case 'pending':
      return { sign: ':white_small_square:', says: plan.approve ? `needs approval by ${sayRoles(plan.approve.by)}` : '' };
    case 'skipped':
      return { sign: ':fast_forward:', says: `left out: ${safe(state.reason, 200)}` };
    case 'awaiting-approval': {
      const { given, need, by } = state.approval;
      return { sign: ':lock:', says: `waits for approval by ${sayRoles(by)} (${given.length} of ${need})` };
    }
    case 'approved':
      if (state.approval.override) return { sign: ':red_circle:', says: `*OVERRIDE* by ${who(state.approval.override.by)}` };
      return { sign: ':unlock:', says: `approved by ${state.approval.given.map(({ by }) => who(by)).join(' and ')}` };
    case 'refused':
      return { sign: ':no_entry:', says: `${state.how}${state.by ? ` by ${who(state.by)}` : ''}: ${safe(state.reason, 200)}` };
    case 'asking':
      return { sign: ':question:', says: `asked ${sayRoles([state.role])}` };
    case 'intended':
      return { sign: ':arrow_forward:', says: startedAt === null ? 'running' : `running since ${timeOfDay(state.intent.at)}` };
    case 'unknown':
      return { sign: ':grey_question:', says: `unknown: nobody knows whether it happened${state.alive ? '; its process still runs' : ''}` };
    case 'finished':
      return finished(state.result);
    default:
      return state satisfies never;
  }
}

function finished({ outcome, durationMs, says }: Extract<RunStep['state'], { status: 'finished' }>['result']): {
  sign: string;
  says: string;
} {
  const took = sayDuration(durationMs);
  const found = safe(says, 200);
  switch (outcome) {
    case 'ok':
      return { sign: ':white_check_mark:', says: found ? `${took} · ${found}` : took };
    case 'already-done':
      return { sign: ':ballot_box_with_check:', says: `was done already${found ? ` · ${found}` : ''}` };
    case 'failed':
      return { sign: ':x:', says: `failed after ${took}: ${found}` };
    default:
      return outcome satisfies never;
  }
}
