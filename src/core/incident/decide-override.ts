import type { Instant } from '../brand.ts';
import { silencing, silentUntil } from '../drill/trouble.ts';
import type { Command } from './command.ts';
import { findVotable, orList } from './decide-approval.ts';
import type { Decision } from './decide.ts';
import { sharedRoles } from './find.ts';
import { refuse } from './refusal.ts';
import { said } from './said.ts';
import type { IncidentState } from './state.ts';

const LONGEST = 1000;

/**
 * Lets somebody go on alone where nobody approves, the one who asked for the run included: only in the roles that `rollbot.yml`
 * names, with the target's name typed and a reason. It counts for exactly what was asked, and not for long.
 */
export function override(state: IncidentState, command: Extract<Command, { kind: 'override' }>, now: Instant): Decision {
  const waiting = findVotable(state, command.token, now);
  if ('refusal' in waiting) return waiting;
  const { run, step, approval } = waiting;
  const { token, by, target, rule } = command;
  if (!rule) return refuse('no-override');
  const roles = sharedRoles(command.roles, rule.roles);
  if (roles.length === 0) return refuse('may-not-override', `It needs ${orList(rule.roles)}.`);
  if (target.trim() !== run.target.name) return refuse('target-not-typed', `Type ${run.target.name}.`);
  const reason = said(command.reason, LONGEST);
  if (reason === '') return refuse('override-without-reason');
  if (state.status === 'open') {
    if (silentUntil(state, approval, step.plan.id, by, now) !== null) return refuse('silent-in-drill');
    const silent = silencing(state, { run, step }, by);
    if (silent.length > 0) return silent;
  }
  const { digest } = approval;
  const { tells, holdsMs } = rule;
  return [{ type: 'approval-overridden', run: run.id, step: step.plan.id, token, digest, by, roles, reason, tells, holdsMs }];
}
