import type { Instant } from '../../core/brand.ts';
import type { Json } from '../../core/digest.ts';
import { sayDuration } from '../../core/duration.ts';
import { nameOf } from '../../core/incident/name-of.ts';
import { approvalEndsAt } from '../../core/incident/state.ts';
import type { Waiting } from '../../core/incident/waiting.ts';
import { linesOfAction } from '../../core/procedure/action-lines.ts';
import { visible } from '../../core/visible.ts';

/** What waits for a person, in one line, and what to type about it. */
export function waitingLine(waiting: Waiting): string {
  const { run, step } = waiting;
  const where = placeOf(waiting);
  switch (waiting.kind) {
    case 'approval':
      return `“${step.plan.title}” waits for approval by ${waiting.approval.by.join(' or ')}: rollbot approve ${where}`;
    case 'question':
      return `“${waiting.question}” is for ${waiting.role} to answer: rollbot answer ${where} yes|no`;
    case 'unknown':
      return waiting.alive
        ? `The process of “${step.plan.title}” still runs: wait, or rollbot answer ${where} kill`
        : `Nobody knows whether “${step.plan.title}” happened: rollbot answer ${where} happened|run-again|stop`;
    case 'held':
      return `Run ${run.id} waits for a decision about “${step.plan.title}”: rollbot answer ${where} ${waiting.choices.join('|')}`;
    default:
      return waiting satisfies never;
  }
}

/** Everything that somebody has to know before they approve: exactly what would run, on what, and its digest. */
export function approvalLines(waiting: Extract<Waiting, { kind: 'approval' }>, now: Instant): readonly string[] {
  const { run, step, approval } = waiting;
  const { plan } = step;
  const params = Object.entries(run.params).map(([name, value]) => `${name}=${value}`);
  const end = approvalEndsAt(approval);
  const given = approval.given.map(({ by }) => nameOf(by)).join(' and ');
  return [
    `Approval of: ${plan.title}`,
    `  ${run.procedure.title} on ${run.target.name}${run.target.protected ? ' (protected)' : ''}, run ${run.id}, asked for by ${nameOf(run.startedBy)}${run.reason ? `: ${run.reason}` : ''}`,
    ...(params.length > 0 ? [`  with ${params.join(' ')}`] : []),
    `  effect: ${plan.effect}${plan.because ? `, because ${plan.because}` : ''}`,
    ...(plan.undo?.kind === 'none' ? [`  point of no return: ${plan.undo.because}`] : []),
    `  needs ${approval.need} of ${approval.by.join(' or ')}${given === '' ? '' : `; approved by ${given}`}${end === null ? '' : `; ends in ${sayDuration(end - now)}`}`,
    '  This would run:',
    ...visible(linesOfAction(approval.action).join('\n'))
      .split('\n')
      .map((line) => `    ${line}`),
    `  digest ${approval.digest}`,
  ];
}

/** What waits, as data; a digest is what an approval of it is given for. */
export function waitingData(waiting: Waiting): { readonly [key: string]: Json } {
  const { kind, token, run, step } = waiting;
  const common = {
    kind,
    token,
    run: run.id,
    procedure: run.procedure.id,
    target: run.target.name,
    step: step.plan.id,
    title: step.plan.title,
  };
  switch (waiting.kind) {
    case 'approval': {
      const { digest, action, by, need, given, shownAt, withinMs } = waiting.approval;
      const people = given.map((each) => nameOf(each.by));
      const runs = visible(linesOfAction(action).join('\n'));
      return { ...common, digest, runs, by: [...by], need, given: people, shown: shownAt !== null, withinMs };
    }
    case 'question':
      return { ...common, role: waiting.role, question: waiting.question, answers: ['yes', 'no'] };
    case 'unknown':
      return { ...common, alive: waiting.alive, answers: waiting.alive ? ['kill'] : ['happened', 'run-again', 'stop'] };
    case 'held':
      return { ...common, answers: [...waiting.choices] };
    default:
      return waiting satisfies never;
  }
}

/** How people name it: the run, and the step where there can be several. */
function placeOf({ run, step, kind }: Waiting): string {
  return kind === 'held' ? run.id : `${run.id}/${step.plan.id}`;
}
