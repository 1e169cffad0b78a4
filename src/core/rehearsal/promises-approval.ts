import type { StepId } from '../brand.ts';
import type { IncidentEvent } from '../incident/event.ts';
import { itemsOf } from './reading.ts';
import type { Promised } from './reading.ts';

type Overridden = Extract<IncidentEvent, { type: 'approval-overridden' }>;
type Given = Extract<IncidentEvent, { type: 'approval-given' }>;

/** What needs approval has it: from enough people in role, and in different ones where that is asked, not from who started the run, for exactly this content and this attempt; or somebody has overridden it, and nothing else stands for that. */
export const approvedBefore: Promised = (played) => {
  const items = itemsOf(played);
  const { startedBy, target } = played.run;
  const given = new Map<StepId, Given[]>();
  const overridden = new Map<StepId, Overridden>();
  return played.events.flatMap((event): readonly string[] => {
    if (event.type === 'approval-requested') {
      given.set(event.step, []);
      overridden.delete(event.step);
    }
    if (event.type === 'approval-given') given.get(event.step)?.push(event);
    if (event.type === 'approval-overridden') overridden.set(event.step, event);
    if (event.type !== 'step-intended') return [];
    const item = items.get(event.step);
    const votes = given.get(event.step) ?? [];
    given.delete(event.step);
    const override = overridden.get(event.step);
    overridden.delete(event.step);
    if (override) return brokenBy(override, event);
    if (!item?.approve) {
      const bare = target.protected && item?.phase === 'step' && item.effect === 'destructive' && item.ask === undefined;
      return bare ? [`${event.step} is destructive and began without an approval, and ${target.name} is protected`] : [];
    }
    const { by, need, differentRoles } = item.approve;
    const good = votes.filter(({ digest, roles }) => digest === event.digest && roles.some((role) => by.includes(role)));
    const people = new Set(good.map((vote) => vote.by.id));
    if (startedBy.kind === 'person' && people.delete(startedBy.id)) return [`${event.step} was approved by who started the run`];
    const roles = new Set(good.flatMap((vote) => vote.roles));
    if (differentRoles && roles.size < need) return [`${event.step} began with ${roles.size} of ${need} roles`];
    return people.size < need ? [`${event.step} began with ${people.size} of ${need} approvals`] : [];
  });
};

/** Only an override lets somebody go on alone: for exactly this, in time, with a reason, and with somebody else told. */
function brokenBy(
  { digest, at, holdsMs, reason, tells, roles }: Overridden,
  intent: Extract<IncidentEvent, { type: 'step-intended' }>,
): readonly string[] {
  return [
    ...(digest === intent.digest ? [] : [`${intent.step} began with an override of something else`]),
    ...(intent.at < at + holdsMs ? [] : [`${intent.step} began after its override had expired`]),
    ...(reason.trim() === '' ? [`${intent.step} was overridden without a reason`] : []),
    ...(roles.includes(tells) ? [`${intent.step} was overridden, and nobody else was told`] : []),
  ];
}

/** A destructive attempt is repeated only where a person has said so. */
export const nothingDestructiveTwice: Promised = (played) => {
  const items = itemsOf(played);
  const spent = new Set<StepId>();
  return played.events.flatMap((event): readonly string[] => {
    if (event.type === 'step-settled' && event.by.kind === 'person') spent.delete(event.step);
    if (event.type === 'run-continued') spent.clear();
    if (event.type !== 'step-intended' || items.get(event.step)?.effect !== 'destructive') return [];
    const again = spent.has(event.step);
    spent.add(event.step);
    return again ? [`${event.step} is destructive and ran again without anybody having said so`] : [];
  });
};
