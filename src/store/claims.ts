import type { Instant } from '../core/brand.ts';
import type { AppendResult, ClaimChange } from '../core/ports.ts';
import type { Db } from './tables.ts';

/** Who stands in the way of `change`, if anybody. A holder never stands in its own way, nor does one that gives back. */
export async function heldClaim(db: Db, change: ClaimChange): Promise<Extract<AppendResult, { status: 'held' }> | null> {
  const wanted = new Map((change.take ?? []).map((claim) => [claim.key, claim.holder]));
  if (wanted.size === 0) return null;
  const rows = await db
    .selectFrom('claims')
    .selectAll()
    .where('key', 'in', [...wanted.keys()])
    .orderBy('key')
    .execute();
  const row = rows.find((each) => each.holder !== wanted.get(each.key) && !change.giveBack?.includes(each.holder));
  return row ? { status: 'held', key: row.key, by: row.holder, since: row.since } : null;
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
