import type { Instant } from '../core/brand.ts';
import type { AppendResult, ClaimChange } from '../core/ports.ts';
import type { Db } from './tables.ts';

/**
 * Who stands in the way of `change`, if anybody. A holder never stands in its own way, nor does one that gives back. A key
 * that ends in `/*` is everything before its star: it stands in the way of all of that, and all of that in its way.
 */
export async function heldClaim(db: Db, change: ClaimChange): Promise<Extract<AppendResult, { status: 'held' }> | null> {
  const wanted = change.take ?? [];
  if (wanted.length === 0) return null;
  const rows = await db.selectFrom('claims').selectAll().orderBy('key').execute();
  const row = rows.find(
    (held) =>
      !change.giveBack?.includes(held.holder) && wanted.some((claim) => claim.holder !== held.holder && overlaps(claim.key, held.key)),
  );
  return row ? { status: 'held', key: row.key, by: row.holder, since: row.since } : null;
}

function overlaps(one: string, other: string): boolean {
  return one === other || covers(one, other) || covers(other, one);
}

function covers(whole: string, key: string): boolean {
  return whole.endsWith('/*') && key.startsWith(whole.slice(0, -1));
}

/** Gives back everything that the holders in `giveBack` have, and takes what nobody else has. */
export async function changeClaims(db: Db, change: ClaimChange, now: Instant): Promise<void> {
  const giveBack = change.giveBack ?? [];
  if (giveBack.length > 0) await db.deleteFrom('claims').where('holder', 'in', giveBack).execute();
  const rows = (change.take ?? []).filter((claim) => !giveBack.includes(claim.holder)).map((claim) => ({ ...claim, since: now }));
  if (rows.length === 0) return;
  await db
    .insertInto('claims')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
