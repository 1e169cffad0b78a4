import type { StepId } from '../brand.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import type { Played } from './play.ts';
import { standing } from './reading.ts';
import type { EndWord, Turn } from './schema.ts';
import { fits } from './script.ts';
import type { Script } from './script.ts';

/** A scenario that nobody had to write. */
export type Generated = {
  /** What all of its kind have in common. */
  readonly group: string;
  /** The item that it is about; null where it is about all of them. */
  readonly about: StepId | null;
  readonly script: Script;
  /** How the run has to end, given what had happened by then. */
  readonly ends: (played: Played) => EndWord;
};

type Turns = Readonly<Record<string, Turn | readonly [Turn, Turn]>> | 'already-done';

export const NOBODY: Script['choice'] = () => null;
export const RETRY: Script['choice'] = (_about, _nth, offered) => (offered.includes('retry') ? 'retry' : 'stop');
export const STOP: Script['choice'] = () => 'stop';
export const UNDO: Script['choice'] = (_about, _nth, offered) => (offered.includes('undo') ? 'undo' : 'stop');

/** One scenario: who goes how at the first and at every later attempt, what people decide, and how it ends. */
export function one(group: string, about: StepId | null, turns: Turns, choice: Script['choice'], ends: Generated['ends']): Generated {
  return { group, about, script: { turn: (item, attempt) => turnOf(turns, item, attempt), choice }, ends };
}

/** An item goes wrong, and people take back what was done or let it stand. */
export function failed(item: PlannedStep, what: string): readonly Generated[] {
  const turns = { [item.id]: wrongTurn(item) };
  return [one(`${what}, undo`, item.id, turns, UNDO, undoneOr('failed')), one(`${what}, stop`, item.id, turns, STOP, () => 'failed')];
}

/** Undone, if anything stood that can be taken back when people were asked; else what is said here. */
export function undoneOr(otherwise: EndWord): Generated['ends'] {
  return (played) => {
    const held = played.events.findIndex(({ type }) => type === 'run-held');
    const before = held < 0 ? [] : standing({ ...played, events: played.events.slice(0, held) });
    return before.some(({ undo }) => undo?.kind === 'action') ? 'undone' : otherwise;
  };
}

/** How an item goes wrong: a question is answered with no. */
export function wrongTurn({ ask }: PlannedStep): Turn {
  return ask === undefined ? 'failed' : 'no';
}

function turnOf(turns: Turns, item: PlannedStep, attempt: number): Turn {
  if (turns === 'already-done') return fits(item, turns) ? turns : 'ok';
  const own = turns[item.id];
  if (own === undefined) return 'ok';
  return isPair(own) ? own[attempt === 1 ? 0 : 1] : own;
}

function isPair(turn: Turn | readonly [Turn, Turn]): turn is readonly [Turn, Turn] {
  return Array.isArray(turn);
}
