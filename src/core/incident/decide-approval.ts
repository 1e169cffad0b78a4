import type { Instant, RoleId } from '../brand.ts';
import { silencing, silentUntil } from '../drill/trouble.ts';
import { bind } from './binding.ts';
import type { Command } from './command.ts';
import type { Decision } from './decide.ts';
import { approvalOf, findByToken, findStep, sharedRoles } from './find.ts';
import type { Place } from './find.ts';
import { rolesCovered } from './quorum.ts';
import { mayBegin } from './readiness.ts';
import { refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { LONGEST_REASON, said } from './said.ts';
import { approvalEndsAt, standFor } from './state.ts';
import type { Approval, IncidentState } from './state.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

/** Asks for an approval of exactly what the step would do now; a step that can't be filled in fails instead. */
export function requestApproval(state: IncidentState, { run: runId, step: stepId, token }: Of<'request-approval'>): Decision {
  const place = findStep(state, { run: runId, step: stepId });
  if ('refusal' in place) return place;
  const { run, step } = place;
  const { approve: rule } = step.plan;
  if (!rule || !mayBegin(run, step)) return refuse('not-due');
  const at = { run: runId, step: stepId, attempt: step.attempt };
  const bound = bind(run, step);
  if ('mistake' in bound) return [unfillable(at, bound.mistake)];
  return [{ type: 'approval-requested', ...at, token, ...bound, ...rule }];
}

/** A step whose references have no value has failed before it could do anything. */
export function unfillable(at: { run: Place['run']['id']; step: Place['step']['plan']['id']; attempt: number }, says: string) {
  return { type: 'step-finished', ...at, executor: 'rules', outcome: 'failed', says, outputs: {}, durationMs: 0 } as const;
}

/** Starts an approval's clock: somebody can see it now. */
export function showApproval(state: IncidentState, { token }: Of<'show-approval'>): Decision {
  const place = findByToken(state, token);
  if (place?.step.state.status !== 'awaiting-approval') return refuse('no-longer-asked');
  const { run, step } = place;
  if (run.progress.status === 'finished') return refuse('run-finished');
  if (place.step.state.approval.shownAt !== null) return [];
  return [{ type: 'approval-shown', run: run.id, step: step.plan.id, token }];
}

/** Counts one person's yes: in role, not the requester, not twice, not too late, and only while it is asked. */
export function approve(state: IncidentState, { token, by, roles }: Of<'approve'>, now: Instant): Decision {
  const waiting = findVotable(state, token, now);
  if ('refusal' in waiting) return waiting;
  const { run, step, approval } = waiting;
  const shared = sharedRoles(roles, approval.by);
  if (shared.length === 0) return refuse('not-in-role', `It needs ${orList(approval.by)}.`);
  if (run.startedBy.kind === 'person' && run.startedBy.id === by.id) return refuse('requester-cannot-approve');
  if (approval.given.some((each) => each.by.id === by.id)) return refuse('already-approved-by-you');
  if (approval.differentRoles && !standsForAnother(approval, shared))
    return refuse('role-has-approved', `It needs ${orList(approval.by)}, one of each.`);
  if (state.status === 'open') {
    if (silentUntil(state, approval, step.plan.id, by, now) !== null) return refuse('silent-in-drill');
    const silent = silencing(state, { run, step }, by);
    if (silent.length > 0) return silent;
  }
  return [{ type: 'approval-given', run: run.id, step: step.plan.id, token, digest: approval.digest, by, roles: shared }];
}

/** Whether somebody in these roles brings one that those who approved before can't stand for already. */
function standsForAnother({ given }: Approval, roles: readonly RoleId[]): boolean {
  const before = given.map((each) => each.roles);
  return rolesCovered([...before, roles]) > rolesCovered(before);
}

/** One no ends it. Who asked for the run may take it back this way too. */
export function deny(state: IncidentState, { token, by, roles, reason }: Of<'deny'>, now: Instant): Decision {
  const waiting = findVotable(state, token, now);
  if ('refusal' in waiting) return waiting;
  const { run, step, approval } = waiting;
  const requester = run.startedBy.kind === 'person' && run.startedBy.id === by.id;
  if (sharedRoles(roles, approval.by).length === 0 && !requester) return refuse('not-in-role', `It needs ${orList(approval.by)}.`);
  return [{ type: 'approval-denied', run: run.id, step: step.plan.id, token, by, reason: said(reason, LONGEST_REASON) }];
}

/** Ends an approval that nobody gave in time. */
export function expireApproval(state: IncidentState, at: Of<'expire-approval'>, now: Instant): Decision {
  const place = findStep(state, at);
  if ('refusal' in place) return place;
  if (place.step.state.status !== 'awaiting-approval') return refuse('no-longer-asked');
  const { approval } = place.step.state;
  const end = approvalEndsAt(approval);
  if (end === null || now < end) return refuse('not-due');
  return [{ type: 'approval-expired', run: at.run, step: at.step, token: approval.token }];
}

/** `a, b or c`, for sentences. */
export function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

type Waiting = Place & { readonly approval: Approval };

/** The approval behind a button, if it can still be decided; else what became of it. */
export function findVotable(state: IncidentState, token: Of<'approve'>['token'], now: Instant): Waiting | Refusal {
  const waiting = findWaiting(state, token);
  if ('refusal' in waiting) return waiting;
  const end = approvalEndsAt(waiting.approval);
  return end !== null && now >= end ? refuse('approval-expired') : waiting;
}

/** A stale button gets an answer that says what became of it. */
function findWaiting(state: IncidentState, token: Of<'approve'>['token']): Waiting | Refusal {
  const place = findByToken(state, token);
  if (!place) return refuse('no-longer-asked');
  const { run, step } = place;
  const decided = whatBecameOf(place);
  if (decided) return decided;
  if (run.progress.status === 'finished') return refuse('run-finished');
  if (run.progress.status === 'stopping') return refuse('run-is-stopping');
  if (run.progress.status === 'held') return refuse('not-due', 'Another step of this run needs a decision first.');
  return step.state.status === 'awaiting-approval' && run.progress.status === 'running'
    ? { run, step, approval: step.state.approval }
    : refuse('no-longer-asked');
}

function whatBecameOf({ step }: Place): Refusal | undefined {
  const approval = approvalOf(step);
  if (!approval || step.state.status === 'awaiting-approval') return undefined;
  if (step.state.status === 'refused') {
    const { how, by, reason } = step.state;
    return how === 'expired' ? refuse('approval-expired') : refuse('already-denied', by ? `${by.name} denied it: ${reason}` : undefined);
  }
  return refuse(
    'already-approved',
    `Approved by ${standFor(approval)
      .map(({ name }) => name)
      .join(' and ')}.`,
  );
}
