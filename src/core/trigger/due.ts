import type { Instant, TokenId } from '../brand.ts';
import { countdownEndsAt, mayBegin, toContain, watchOf } from './state.ts';
import type { TriggerState } from './state.ts';

/** Something that a rule is owed right now. */
export type TriggerEffect =
  /** The gates are to be read: with all of them open a countdown begins, else people are asked. */
  | { readonly do: 'begin-countdown'; readonly watch: string }
  /** The gates are to be read: with all of them open the run starts, else people are asked. */
  | { readonly do: 'start'; readonly watch: string }
  /** What contains it, and takes nothing away, starts at once. */
  | { readonly do: 'contain'; readonly watch: string; readonly procedure: string }
  | { readonly do: 'give-up-showing'; readonly watch: string; readonly token: TokenId };

/** Derives what is owed from the state alone. */
export function due(state: TriggerState, now: Instant): readonly TriggerEffect[] {
  const watch = watchOf(state);
  if (!watch) return [];
  const { ask, id, rule, judgement } = watch;
  const contains = toContain(watch);
  if (contains !== null) return [{ do: 'contain', watch: id, procedure: contains }];
  if (mayBegin(watch) && rule.when.kind !== 'event') return [{ do: rule.mode === 'auto' ? 'start' : 'begin-countdown', watch: id }];
  if (ask.is !== 'countdown') return [];
  const end = countdownEndsAt(ask);
  if (end === null) return now >= ask.at + rule['show-within'] ? [{ do: 'give-up-showing', watch: id, token: ask.token }] : [];
  return now >= end && judgement?.verdict === 'fire' ? [{ do: 'start', watch: id }] : [];
}

/** When time alone makes something due; the present moment where something is due already, null where nothing will be. */
export function nextDueAt(state: TriggerState): Instant | null {
  if (state.status === 'none') return null;
  if (due(state, state.lastAt).length > 0) return state.lastAt;
  const watch = watchOf(state);
  if (watch?.ask.is !== 'countdown') return null;
  const { ask, rule, judgement } = watch;
  const end = countdownEndsAt(ask);
  if (end === null) return (ask.at + rule['show-within']) as Instant;
  return judgement?.verdict === 'fire' ? end : null;
}
