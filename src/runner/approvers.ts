import type { PersonId, RoleId } from '../core/brand.ts';
import { orList } from '../core/incident/decide-approval.ts';
import type { PinnedProcedure } from '../core/incident/event.ts';
import { isQuorum } from '../core/incident/quorum.ts';
import type { ApprovalRule, PlannedStep } from '../core/procedure/planned-step.ts';
import type { OrderMistake, People } from '../core/ports.ts';

/**
 * The approvals of a run that nobody could give: with too few people in their roles it would stop half-way. Where it can't be
 * read who is in a role the run may begin, and the step waits for the answer.
 */
export async function missingApprovers(people: People, procedure: PinnedProcedure, requester: PersonId): Promise<readonly OrderMistake[]> {
  const asking = procedure.steps.filter((step) => step.skip === undefined && step.approve !== undefined);
  const roles = [...new Set(asking.flatMap((step) => step.approve?.by ?? []))];
  const holders = new Map(await Promise.all(roles.map(async (role) => [role, await people.holders(role)] as const)));
  return asking.flatMap((step) => {
    const says = step.approve && lack(step, step.approve, holders, requester);
    return says === undefined ? [] : [{ part: 'role', name: null, says }];
  });
}

type Holders = ReadonlyMap<RoleId, Awaited<ReturnType<People['holders']>>>;

function lack({ title }: PlannedStep, rule: ApprovalRule, holders: Holders, requester: PersonId): string | undefined {
  const rolesOf = new Map<PersonId, RoleId[]>();
  for (const role of rule.by) {
    const held = holders.get(role) ?? [];
    if ('unreadable' in held) return undefined;
    for (const person of held) if (person !== requester) rolesOf.set(person, [...(rolesOf.get(person) ?? []), role]);
  }
  if (isQuorum(rule, [...rolesOf.values()])) return undefined;
  const people = rule.need === 1 ? 'one person' : `${rule.need} people${rule.differentRoles ? ' of different roles' : ''}`;
  return (
    `Nobody could approve “${title}”: it needs ${people} of ${orList(rule.by)} besides you, and there ${rolesOf.size === 1 ? 'is' : 'are'} ${rolesOf.size}. ` +
    'Let somebody else start it, or put more people into these roles.'
  );
}
