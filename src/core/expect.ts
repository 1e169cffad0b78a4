import { canonicalJson } from './digest.ts';
import type { Json } from './digest.ts';
import { sayFilled } from './fill.ts';
import { resolvePointer } from './pointer.ts';
import type { Expect, Filled, Tree } from './procedure/action.ts';

/** Whether an observation is what it should be, and a sentence that says what it is. */
export type Judgement = { readonly holds: boolean; readonly says: string };

/** Patterns look at no more than this many characters, so that a huge answer can't keep them busy. */
const MATCHED_CHARS = 65_536;
const SHOWN_CHARS = 120;

/** Judges it together with another number of the whole answer, where one is expected beside it. */
export function judgeWithin(expect: Expect<Filled>, observed: Json | undefined, whole: Json | undefined, hide?: Hide): Judgement {
  const { beside, ...alone } = expect;
  const judged = judge(alone, observed, hide);
  if (!beside || !judged.holds) return judged;
  const { pointer, ...bounds } = beside;
  const other = judge(bounds, whole === undefined ? undefined : resolvePointer(whole, pointer), hide);
  return { holds: other.holds, says: `${judged.says} Beside it, at ${pointer}: ${other.says}` };
}

/**
 * Judges what a probe observed; every key that is given has to hold. Scalars compare by what they say, so the text `3` of a
 * program equals the number 3. Secrets inside `expect` have to be filled in before; `hide` takes them out of what is shown,
 * before it is cut to size, because half a secret is one that nobody would recognise.
 */
export function judge(expect: Expect<Filled>, observed: Json | undefined, hide: Hide = (text) => text): Judgement {
  const show: Hide = (value) => shorten(hide(value));
  const wanted = wishes(expect, (value) => show(canonicalJson(value)));
  const says = wanted.map((wish) => wish.says).join(' and ');
  if (observed === undefined) return { holds: false, says: `There is nothing to compare, and it should ${says}.` };
  const seen = show(canonicalJson(observed));
  const holds = wanted.every((wish) => wish.test(observed));
  return { holds, says: holds ? `It is ${seen}, as it should be.` : `It is ${seen}, and it should ${says}.` };
}

type Hide = (text: string) => string;

type Wish = { readonly says: string; readonly test: (observed: Json) => boolean };

function wishes(expect: Expect<Filled>, show: (value: Json) => string): readonly Wish[] {
  const { equals, not, contains, matches, above, below, atLeast, atMost } = expect;
  const all: Wish[] = [];
  const add = (says: string, test: Wish['test']): void => void all.push({ says, test });
  const addFigure = (figure: number | undefined, says: string, test: (observed: number, figure: number) => boolean): void => {
    if (figure !== undefined) add(`be ${says} ${figure}`, (observed) => test(numberIn(observed), figure));
  };
  if (equals !== undefined) add(`equal ${show(plain(equals))}`, (observed) => isEqual(plain(equals), observed));
  if (not !== undefined) add(`not equal ${show(plain(not))}`, (observed) => !isEqual(plain(not), observed));
  if (contains !== undefined) add(`contain ${show(sayFilled(contains))}`, (observed) => doesContain(observed, sayFilled(contains)));
  if (matches !== undefined) {
    const pattern = new RegExp(matches, 'u');
    add(`match /${matches}/`, (observed) => pattern.test(textOf(observed).slice(0, MATCHED_CHARS)));
  }
  addFigure(above, 'above', (value, figure) => value > figure);
  addFigure(below, 'below', (value, figure) => value < figure);
  addFigure(atLeast, 'at least', (value, figure) => value >= figure);
  addFigure(atMost, 'at most', (value, figure) => value <= figure);
  return all;
}

function isEqual(wanted: Json, observed: Json): boolean {
  if (isScalar(wanted) && isScalar(observed)) return textOf(wanted) === textOf(observed);
  const value = typeof observed === 'string' ? parsed(observed) : observed;
  return canonicalJson(wanted) === canonicalJson(value);
}

function doesContain(observed: Json, wanted: string): boolean {
  if (Array.isArray(observed)) return observed.some((each: Json) => isEqual(wanted, each));
  return textOf(observed).includes(wanted);
}

/** `60%` is 0.6; what is no number is NaN, for which nothing holds. */
function numberIn(observed: Json): number {
  if (typeof observed === 'number') return observed;
  const match = typeof observed === 'string' ? /^\s*([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*(%?)\s*$/i.exec(observed) : null;
  if (!match) return Number.NaN;
  const figure = Number(match[1]);
  return match[2] ? Number((figure / 100).toPrecision(12)) : figure;
}

function isScalar(value: Json): value is string | number | boolean | null {
  return typeof value !== 'object' || value === null;
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : canonicalJson(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function plain(tree: Tree<Filled>): Json {
  if (typeof tree !== 'object' || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map((each: Tree<Filled>) => plain(each));
  if (isPieces(tree)) return sayFilled(tree);
  return Object.fromEntries(Object.entries(tree).map(([key, each]) => [key, plain(each)]));
}

function isPieces(tree: object): tree is Exclude<Filled, string> {
  return Object.hasOwn(tree, '$pieces');
}

function shorten(text: string): string {
  return text.length <= SHOWN_CHARS ? text : `${text.slice(0, SHOWN_CHARS)}…`;
}
