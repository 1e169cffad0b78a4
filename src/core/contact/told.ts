import type { RoleId } from '../brand.ts';
import type { Settings } from '../settings.ts';
import type { ToldText } from './schema.ts';

/** Somebody who has to hear of something, and in which words. */
export type Told = { readonly role: RoleId; readonly text: ToldText };

/** What has happened, as far as it decides who has to hear of it. */
export type Occasion =
  | { readonly on: 'run-started'; readonly procedure: string }
  | { readonly on: 'severity-set'; readonly severity: string };

/** Who has to be told by `tell:` in `rollbot.yml`; each role once, in the words of the first rule that names it. */
export function toldOn({ tell = [] }: Pick<Settings, 'tell'>, occasion: Occasion): readonly Told[] {
  const all = tell
    .filter((rule) => isMeant(rule, occasion))
    .flatMap(({ roles, text }) => roles.map((role) => ({ role: role as RoleId, text })));
  return all.filter(({ role }, index) => all.findIndex((each) => each.role === role) === index);
}

function isMeant({ on, procedures, severities }: NonNullable<Settings['tell']>[number], occasion: Occasion): boolean {
  if (on !== occasion.on) return false;
  return occasion.on === 'run-started'
    ? (procedures?.includes(occasion.procedure) ?? true)
    : (severities?.includes(occasion.severity) ?? true);
}
