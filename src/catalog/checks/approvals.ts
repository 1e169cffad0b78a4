import { membersListed } from '../../core/contact/reachable.ts';
import type { Settings } from '../../core/settings.ts';
import type { PlannedStep } from '../../core/procedure/planned-step.ts';
import type { Finding } from '../finding.ts';
import { pathOf, targetsOf } from './subject.ts';
import type { Subject } from './subject.ts';

/** Whatever is destructive says why, and is approved where a protected target could be hit, by as many people as there are. */
export function approvals(subject: Subject): readonly Finding[] {
  const guarded = targetsOf(subject).filter(([, target]) => target.protected);
  return subject.items.flatMap((item) => {
    if (item.phase !== 'step') return [];
    const path = pathOf(item, subject);
    const destructive = item.effect === 'destructive' && item.probe.action.kind !== 'manual';
    const findings: Finding[] = [];
    if (destructive && item.because === undefined) {
      findings.push({
        path,
        says: `"${item.id}" is destructive; expected "because" with what it takes away, or another "effect" if it is not.`,
      });
    }
    const [protectedTarget] = guarded;
    if (destructive && !item.approve && protectedTarget) {
      findings.push({
        path,
        says: `"${item.id}" is destructive and may run on ${protectedTarget[0]}, which is protected; expected "approve".`,
      });
    }
    if (item.approve && item.probe.action.kind === 'manual') {
      findings.push({
        path: [...path, 'approve'],
        on: 'key',
        says: `"${item.id}" is done by a person, who is asked at once; expected no "approve", or a step before it that is approved.`,
      });
    }
    const missing = missingPeople(item, subject.settings);
    if (missing) findings.push({ path: [...path, 'approve', 'need'], says: missing });
    return findings;
  });
}

/** Only where the roles list their people: who is in a Slack group is known at the click. */
function missingPeople({ approve }: PlannedStep, settings: Settings | null): string | undefined {
  if (!approve || !settings) return undefined;
  const held = approve.by.map((role) => settings.roles[role]);
  if (held.some((role) => !role || (role.groups ?? []).length > 0)) return undefined;
  const people = new Set(approve.by.flatMap((role) => membersListed(settings, role)));
  if (approve.need <= people.size) return undefined;
  return `This needs ${approve.need} people, and these roles have ${people.size} in rollbot.yml; expected no more than that.`;
}
