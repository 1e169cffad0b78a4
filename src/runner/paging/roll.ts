import type { PersonId, RoleId } from '../../core/brand.ts';
import type { Duty, OnCall } from '../../core/contact/port.ts';
import type { Plan } from '../../core/page/chain.ts';
import { mayBePaged } from '../../core/drill/signed-up.ts';
import { addresseesOf, calledInRound, whomToCall } from '../../core/page/reach.ts';
import type { Call, MayCall } from '../../core/page/reach.ts';
import type { Page } from '../../core/page/state.ts';
import { runOf, stepOf } from '../../core/incident/state.ts';
import { approvalOf } from '../../core/incident/find.ts';
import type { Catalog, Clock } from '../../core/ports.ts';
import type { Journal } from '../journal.ts';

export type RollParts = {
  readonly journal: Pick<Journal, 'load'>;
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly onCall: Pick<OnCall, 'duty' | 'contact'>;
  readonly clock: Clock;
};

/** Looks up whom a stage of a page calls at this very moment. */
export async function callFor(parts: RollParts, page: Page, plan: Plan): Promise<Call> {
  const { onCall, clock } = parts;
  const at = clock.now();
  const { roles, contacts } = addresseesOf(plan, page.to);
  const duties = await Promise.all(roles.map(async (role) => await dutyOf(parts, role)));
  const found = contacts.map((name) => ({ name, who: onCall.contact(name, at) }));
  const useless = await whoCanNotHelp(parts, page);
  const inDrill = await drillRule(parts, page);
  const roll = {
    duties,
    contacts: found.flatMap(({ who }) => (who ? [who] : [])),
    missing: found.flatMap(({ name, who }) => (who ? [] : [name])),
  };
  return whomToCall(plan, roll, (who, role) => !useless.includes(who.person ?? '') && inDrill(who, role), calledInRound(page, plan));
}

/** What can't be read must not keep the others from being called. */
async function dutyOf({ onCall, clock }: RollParts, role: RoleId): Promise<Duty> {
  try {
    return await onCall.duty(role, clock.now());
  } catch (error) {
    const unreadable = error instanceof Error ? error.message : String(error);
    return { role, first: null, all: [], until: null, unreadable };
  }
}

/** Whoever has asked for an approval, or given it, can't give it; and nobody looks at what they have decided alone. */
async function whoCanNotHelp({ journal }: RollParts, { why, about, notBy }: Page): Promise<readonly string[]> {
  if (notBy !== undefined) return [notBy];
  if (why !== 'approval' || about.incident === null || about.run === null || about.step === null) return [];
  const { state } = await journal.load(about.incident);
  const run = runOf(state, about.run);
  const step = run && stepOf(run, about.step);
  const given: readonly PersonId[] = (step && approvalOf(step)?.given.map(({ by }) => by.id)) ?? [];
  return [...given, ...(run?.startedBy.kind === 'person' ? [run.startedBy.id] : [])];
}

/** Drills call only those who have signed up for them, and nobody of a role that rollbot.yml keeps out of drills. */
async function drillRule({ journal, catalog }: RollParts, { drill, about }: Page): Promise<MayCall> {
  if (!drill) return () => true;
  const state = about.incident === null ? null : (await journal.load(about.incident)).state;
  if (state === null || state.status === 'none') return () => false;
  const { roles } = catalog.settings();
  return ({ contact, person, drills }, role) => {
    const kept = Object.entries(roles).some(([name, each]) => each.drills === false && (name === role || each.contacts?.includes(contact)));
    const byName = mayBePaged(state, person ?? ('' as PersonId), []);
    const byRole = drills && role !== null && mayBePaged(state, '' as PersonId, [role]);
    return !kept && (byName || byRole);
  };
}
