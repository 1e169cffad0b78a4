import type { RunId } from './brand.ts';
import type { Kind, Kinds } from './kinds.ts';
import type { ClaimChange } from './ports.ts';

/** A run takes what it locks when it starts, and gives it back when it is finished. */
export function claimsOf(facts: readonly Kinds[Kind]['fact'][]): ClaimChange {
  const take: { key: string; holder: RunId }[] = [];
  const giveBack: RunId[] = [];
  for (const fact of facts) {
    if (fact.type === 'run-started')
      take.push(...fact.procedure.locks.map((key) => ({ key: claimKey(fact.target.name, key), holder: fact.run })));
    if (fact.type === 'run-finished') giveBack.push(fact.run);
  }
  return { take, giveBack };
}

/** What is claimed is a thing on a target: `production/worker:api`. */
function claimKey(target: string, lock: string): string {
  return `${target}/${lock}`;
}
