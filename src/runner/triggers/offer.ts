import { LAST_CHANGED } from '../../core/trigger/rule.ts';
import type { PinnedRule } from '../../core/trigger/rule.ts';
import type { Watch } from '../../core/trigger/state.ts';
import type { Settings } from '../../core/settings.ts';
import type { KnownAt } from '../orders.ts';
import type { Change } from './changes.ts';
import { lastChange } from './changes.ts';

/** What people are shown that would start: that of a countdown is what it began with. */
export function offeredBy(settings: Settings, { rule, ask }: Pick<Watch, 'rule' | 'ask'>, known: KnownAt): string | null {
  return (ask.is === 'countdown' ? ask.procedure : null) ?? procedureOf(settings, rule, known);
}

/** The procedure that a rule offers now; null where it is for what was changed last, and nobody knows what that was. */
export function procedureOf(settings: Settings, rule: PinnedRule, known: KnownAt): string | null {
  if (rule.procedure !== LAST_CHANGED) return rule.procedure;
  const change = lastChange(settings, rule.target, known);
  return (change && takenBackBy(settings, rule.target, change)) ?? rule.else ?? null;
}

function takenBackBy({ targets }: Settings, target: string, { deployable }: Change): string | undefined {
  return targets[target]?.deployables?.[deployable]?.procedure;
}
