import type { Instant, RoleId } from '../../core/brand.ts';
import type { Duty, OnCall, Plan } from '../../core/contact/port.ts';
import { reachableContact, rotationOf } from '../../core/contact/reachable.ts';
import { shiftsBetween } from '../../core/contact/rotation.ts';
import { isOfKind } from '../../core/kinds.ts';
import { dutyAt, overridesOf, reachableNamed } from './duty.ts';
import { cancelOverride, makeOverride } from './override.ts';
import type { OverrideParts } from './override.ts';

/** How far ahead hand-overs are told, and how many of them. */
const AHEAD_MS = 60 * 24 * 60 * 60_000;
const MOST = 3;

/** Who is on call: from `rollbot.yml`, what people changed in Slack, and who Slack says is in the role. */
export function createOnCall(parts: OverrideParts): OnCall {
  const duty = async (role: RoleId, at: Instant): Promise<Duty> => await dutyAt(parts, role, at);
  return {
    duty,
    contact: (name, at) => reachableContact(parts.catalog.settings(), name, at),
    plan: async (role, at) => await planAt(parts, role, at),
    override: async (asked) => await makeOverride(parts, asked),
    cancel: async (asked) => await cancelOverride(parts, asked),
    onChange: (listener) =>
      parts.journal.onChange((stream) => {
        if (isOfKind(stream, 'calendar')) listener(stream);
      }),
  };
}

async function planAt(parts: OverrideParts, role: RoleId, at: Instant): Promise<Plan> {
  const duty = await dutyAt(parts, role, at);
  const found = rotationOf(parts.catalog.settings(), role);
  if (!found) return { duty, rotation: null, next: [], overrides: [] };
  const { all, made } = await overridesOf(parts, found.name, at);
  const [, ...later] = shiftsBetween(found.rotation, all, at, (at + AHEAD_MS) as Instant);
  const next = await Promise.all(
    later.slice(0, MOST).map(async ({ who, from, instead }) => ({ who: await reachableNamed(parts, who, at), from, instead })),
  );
  return { duty, rotation: found.name, next: next.flatMap(({ who, ...rest }) => (who ? [{ who, ...rest }] : [])), overrides: made };
}
