import type { Watch } from '../../core/trigger/state.ts';
import { literal, safe } from './text.ts';
import { name } from './trigger-words.ts';

/** Says which other rules see nothing either, because that is one thing to say. */
export function alsoBlind(others: readonly Watch[] = []): readonly string[] {
  if (others.length === 0) return [];
  return [`:see_no_evil: So it is for ${others.map(({ rule }) => name(rule.name)).join(', ')}. This is said once for all of them.`];
}

/** Says what was started at once to contain what was reported, or why nothing could be. */
export function containing({ contained }: Watch): readonly string[] {
  if (contained === null) return [];
  if ('failed' in contained) return [`:warning: What contains it could not start: ${safe(contained.failed, 600)}`];
  return [`:lock: ${name(contained.procedure)} was started at once to contain it, run ${literal(contained.run)}. It takes nothing away.`];
}
