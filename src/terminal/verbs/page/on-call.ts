import { z } from 'zod';
import type { RoleId } from '../../../core/brand.ts';
import { overrideMeant, parseOnCallText } from '../../../core/contact/on-call-text.ts';
import type { OnCallAsk } from '../../../core/contact/on-call-text.ts';
import type { OverrideAnswer } from '../../../core/contact/port.ts';
import { done, refused } from '../../reply.ts';
import type { Reply } from '../../reply.ts';
import { dutyData, dutyLines, onCallLines } from '../../say/on-call.ts';
import { inTerminal } from '../../say/words.ts';
import { verb } from '../../verb.ts';
import type { Desk } from '../../verb.ts';

/** What would stand behind `/oncall`. */
const Text = z.object({ text: z.string() });

/** Who is on call for each role, or everything about one. */
export const ON_CALL = verb(Text, async (_acting, { text }, desk) => {
  const asked = read(text, desk);
  if ('mistake' in asked) return refused('words', [inTerminal(asked.mistake)]);
  const { onCall, clock, catalog } = desk;
  const settings = catalog.settings();
  const roles = asked.kind === 'one' ? [asked.role] : (Object.keys(settings.roles) as RoleId[]);
  const plans = await Promise.all(roles.map(async (role) => await onCall.plan(role, clock.now())));
  const lines = asked.kind === 'one' ? plans.flatMap((plan) => dutyLines(plan, settings)) : onCallLines(plans, settings);
  return done(lines, { roles: plans.map(dutyData) });
});

/** Puts somebody else on call for a while, or takes that back. */
export const ON_CALL_CHANGE = verb(Text, async (acting, { text }, desk) => {
  const asked = read(text, desk);
  if ('mistake' in asked) return refused('words', [inTerminal(asked.mistake)]);
  const { onCall, clock } = desk;
  if (asked.kind === 'override') return answered(await onCall.override({ ...asked, ...acting }), asked.role);
  if (asked.kind !== 'cancel') return refused('words', [SAY_ALL]);
  const meant = overrideMeant(asked, (await onCall.plan(asked.role, clock.now())).overrides);
  if ('mistake' in meant) return refused('words', [inTerminal(meant.mistake)]);
  return answered(await onCall.cancel({ role: asked.role, override: meant.override, ...acting }), asked.role);
});

const SAY_ALL = 'Say it all: `rollbot oncall override <role> <who> [from <when>] to <when>`, or `for 4h` instead of `to`.';

function read(text: string, { catalog, clock }: Desk): OnCallAsk | { readonly mistake: string } {
  return parseOnCallText(text, { settings: catalog.settings(), now: clock.now() });
}

function answered({ status, says }: OverrideAnswer, role: RoleId): Reply {
  return status === 'done' ? done([says], { role, says }) : refused('rules', [inTerminal(says)]);
}
