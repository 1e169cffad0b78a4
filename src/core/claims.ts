import type { RunId } from './brand.ts';
import type { PinnedTarget } from './incident/event.ts';
import type { Kind, Kinds } from './kinds.ts';
import type { ClaimChange } from './ports.ts';

/** A run takes what it locks when it starts, and gives it back when it is finished. */
export function claimsOf(facts: readonly Kinds[Kind]['fact'][]): ClaimChange {
  const take: { key: string; holder: RunId }[] = [];
  const giveBack: RunId[] = [];
  for (const fact of facts) {
    if (fact.type === 'run-started') take.push(...claimKeys(fact.target, fact.procedure.locks).map((key) => ({ key, holder: fact.run })));
    if (fact.type === 'run-finished') giveBack.push(fact.run);
  }
  return { take, giveBack };
}

/**
 * Says what a run claims, for whoever checks what it holds. A thing on a target is `production/worker:api`. What targets share
 * is claimed as such as well, `repo:main`, and so keeps out the runs of all others; whoever claims a whole target shares it too.
 */
export function claimKeys({ name, shared = [] }: Pick<PinnedTarget, 'name' | 'shared'>, locks: readonly string[]): readonly string[] {
  const common = shared.filter((lock) => locks.includes(lock) || locks.includes('*'));
  return [...new Set([...locks.map((lock) => `${name}/${lock}`), ...common])];
}

/** Whether a claim is on something that targets share, so that its holder may be at work on another one. */
export function isShared(key: string): boolean {
  return !key.includes('/');
}
