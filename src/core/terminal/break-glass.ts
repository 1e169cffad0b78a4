import type { RoleId } from '../brand.ts';
import { parseDuration } from '../duration.ts';
import type { Settings } from '../settings.ts';

/** Who may go on alone, who is told, and how long that counts, in milliseconds. */
export type OverrideRule = { readonly roles: readonly RoleId[]; readonly tells: RoleId; readonly holdsMs: number };

const HOLDS = '5m';

/** The way past an approval as `rollbot.yml` opens it; null where it does not. */
export function overrideRuleOf({ 'break-glass': glass }: Settings): OverrideRule | null {
  if (!glass) return null;
  return { roles: glass.roles as RoleId[], tells: glass.tells as RoleId, holdsMs: parseDuration(glass.holds ?? HOLDS) ?? 0 };
}
