import type { Instant } from '../brand.ts';
import { sharedRoles } from '../incident/find.ts';
import { sayList } from '../procedure/nearest.ts';
import type { TriggerCommand } from './command.ts';
import type { TriggerFact } from './event.ts';
import { judge, takeIn } from './judge.ts';
import { refuse } from './refusal.ts';
import type { TriggerRefusal } from './refusal.ts';
import { watchOf } from './state.ts';
import type { TriggerState, Watch } from './state.ts';

type Of<Kind extends TriggerCommand['kind']> = Extract<TriggerCommand, { kind: Kind }>;

/** Begins a watch because a person wants to see it; from then on it is one like any other. */
export function watchNow(state: TriggerState, command: Of<'watch-now'>, now: Instant): readonly TriggerFact[] | TriggerRefusal {
  const { rule, readings: incoming, baseline, unknown, watch, by, roles, allowed } = command;
  if (sharedRoles(roles, allowed).length === 0) return refuse('not-in-role', `It needs ${sayList(allowed)}.`);
  if (rule.when.kind === 'event') return refuse('only-reported');
  if (watchOf(state)) return refuse('watched-already');
  const readings = takeIn(rule.when, {}, incoming, now);
  return [
    { type: 'watch-began', watch, rule, baseline, readings, wanted: by },
    { type: 'watch-judged', judgement: judge(rule.when, readings, baseline, unknown) },
  ];
}

/** Ends what no reading can end any more; what people would have made of it is not known. */
export function gone({ ask }: Watch, { why }: Of<'note-gone'>): readonly TriggerFact[] {
  return [{ type: 'watch-ended', how: why, score: ask.is === 'started' ? 'followed' : null }];
}
