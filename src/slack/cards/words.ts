import type { Instant, RoleId } from '../../core/brand.ts';
import { membersListed } from '../../core/contact/reachable.ts';
import type { Actor, RunOutcome } from '../../core/incident/event.ts';
import { nameOf } from '../../core/incident/name-of.ts';
import { OUTCOME_SAYS } from '../../core/incident/outcome.ts';
import type { HeldWhy } from '../../core/incident/state.ts';
import type { ApprovalRule } from '../../core/procedure/planned-step.ts';
import type { Settings } from '../../core/settings.ts';
import { safe } from './text.ts';

/** A moment in each reader's own time zone; UTC where Slack can't. */
export function moment(at: Instant): string {
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time}|${utc(at).slice(0, 16)} UTC>`;
}

/** The time of day alone, to the second. */
export function timeOfDay(at: Instant): string {
  return `<!date^${Math.floor(at / 1000)}^{time_secs}|${utc(at).slice(11)} UTC>`;
}

/** Who did it, by name: a name pings nobody. */
export function who(actor: Actor): string {
  return safe(nameOf(actor), 100);
}

/** Calls the holders of roles: by user group where there is one, else one by one, else by the role's name alone. */
export function call(roles: readonly RoleId[], settings: Settings): string {
  const called = roles.flatMap((role) => {
    const { groups = [] } = Object.hasOwn(settings.roles, role) ? settings.roles[role]! : {};
    const mentions = [...groups.map((id) => `<!subteam^${id}>`), ...membersListed(settings, role).map((id) => `<@${id}>`)];
    return mentions.length > 0 ? mentions : [`*${safe(role, 40)}*`];
  });
  return [...new Set(called)].slice(0, 20).join(' ');
}

/** Roles in a sentence, pinging nobody. */
export function sayRoles(roles: readonly RoleId[]): string {
  return roles.map((role) => safe(role, 40)).join(' or ');
}

/** Who has to approve, as it stands on a card. */
export function sayQuorum({ by, need, differentRoles }: ApprovalRule): string {
  const each = differentRoles ? ', each for a role of their own' : '';
  return `${need} of ${sayRoles(by)}${each}`;
}

/** How a run ended: a sign, and words that follow "is" or stand alone. */
export const OUTCOMES = {
  verified: { sign: ':white_check_mark:', says: OUTCOME_SAYS.verified },
  'nothing-to-do': { sign: ':white_check_mark:', says: OUTCOME_SAYS['nothing-to-do'] },
  'preflight-failed': { sign: ':no_entry:', says: OUTCOME_SAYS['preflight-failed'] },
  denied: { sign: ':no_entry:', says: OUTCOME_SAYS.denied },
  expired: { sign: ':no_entry:', says: OUTCOME_SAYS.expired },
  failed: { sign: ':x:', says: OUTCOME_SAYS.failed },
  undone: { sign: ':leftwards_arrow_with_hook:', says: OUTCOME_SAYS.undone },
  'undo-failed': { sign: ':x:', says: OUTCOME_SAYS['undo-failed'] },
  stopped: { sign: ':octagonal_sign:', says: OUTCOME_SAYS.stopped },
} as const satisfies Record<RunOutcome, { sign: string; says: string }>;

/** Why a run waits for a decision. */
export const HELD_WHY = {
  failed: 'a step failed',
  denied: 'a step was denied',
  expired: 'nobody approved a step in time',
  unverified: 'the result could not be verified',
  'undo-failed': 'an undo failed',
} as const satisfies Record<HeldWhy, string>;

function utc(at: Instant): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
