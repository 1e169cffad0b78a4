import type { RoleId } from '../../core/brand.ts';
import type { Settings } from '../../core/settings.ts';

/** The roles that may start a procedure; those that may start any where nobody knows which one. */
export function rolesThatStart({ start }: Settings, procedure: string | null): readonly RoleId[] {
  const own = procedure !== null && Object.hasOwn(start, procedure) ? start[procedure] : undefined;
  return (own ?? start['*'] ?? []).map((role) => role as RoleId);
}
