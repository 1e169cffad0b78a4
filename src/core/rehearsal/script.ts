import type { StepId } from '../brand.ts';
import { guardsItself } from '../procedure/effect.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import type { Choice, Rehearsal, Scenario, Turn } from './schema.ts';

/** How a made-up world answers and what its people decide; without memory, so that a scenario goes the same way each time. */
export type Script = {
  turn(item: PlannedStep, attempt: number): Turn;
  /** What people say the nth time that they are asked about an item; null where nobody says anything. */
  choice(about: StepId, nth: number, offered: readonly Choice[]): Choice | null;
};

/** The world of a scenario as its author wrote it, over what the file says for all of them. */
export function scriptOf(
  rehearsal: Pick<Rehearsal, 'outcomes'>,
  { outcomes, decisions }: Pick<Scenario, 'outcomes' | 'decisions'>,
): Script {
  return {
    turn(item, attempt) {
      const own = listOf(outcomes?.[item.id] ?? rehearsal.outcomes?.[item.id]);
      if (own.length > 0) return own[Math.min(attempt, own.length) - 1]!;
      const all = listOf(outcomes?.['*'] ?? rehearsal.outcomes?.['*']);
      const turn = all[Math.min(attempt, all.length) - 1];
      return turn !== undefined && fits(item, turn) ? turn : 'ok';
    },
    choice: (about, nth) => listOf(decisions?.[about])[nth - 1] ?? null,
  };
}

/** Whether an item can go this way: what has no approval is not denied, and only a question is answered with no. */
export function fits(item: PlannedStep, turn: Turn): boolean {
  if (typeof turn !== 'string') {
    if ('outputs' in turn) return item.ask === undefined;
    return item.effect === 'guarded' && item.check !== undefined;
  }
  switch (turn) {
    case 'ok':
      return true;
    case 'failed':
    case 'unknown':
      return item.ask === undefined;
    case 'no':
      return item.ask !== undefined;
    case 'already-done':
      return canTell(item);
    case 'unclear':
      return item.check !== undefined;
    case 'denied':
    case 'expired':
      return item.approve !== undefined;
    default:
      return turn satisfies never;
  }
}

/** Whether an item finds out by itself that there is nothing to do. */
export function canTell({ check, effect, probe }: PlannedStep): boolean {
  return check !== undefined || (effect !== 'read' && guardsItself(probe.action));
}

function listOf<Item>(given: Item | readonly Item[] | undefined): readonly Item[] {
  if (given === undefined) return [];
  return isList(given) ? given : [given];
}

function isList<Item>(given: Item | readonly Item[]): given is readonly Item[] {
  return Array.isArray(given);
}
