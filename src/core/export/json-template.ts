import { listText } from '../procedure/list-text.ts';
import type { Tree } from '../procedure/action.ts';
import { parseText } from '../reference.ts';
import { quote, wordOf } from './word.ts';

/** Writes a JSON value with references as a call of `json`: a template, and the texts that are put in as data. */
export function jsonCall(tree: Tree<string>): string {
  const words: string[] = [];
  const template = write(tree, (text) => {
    words.push(wordOf(text));
    return `env.V${words.length}`;
  });
  return ['json', quoteTemplate(template), ...words].join(' ');
}

type Put = (text: string) => string;

function write(tree: Tree<string>, put: Put): string {
  if (typeof tree === 'string') return isPlain(tree) ? JSON.stringify(tree) : put(tree);
  if (Array.isArray(tree)) return `[${tree.map((each: Tree<string>) => write(each, put)).join(', ')}]`;
  if (typeof tree !== 'object' || tree === null) return JSON.stringify(tree);
  const list = listText(tree);
  if (list !== undefined) return `(${put(list)} | list)`;
  return `{ ${Object.entries(tree)
    .map(([key, each]) => `${JSON.stringify(key)}: ${write(each, put)}`)
    .join(', ')} }`.replace('{  }', '{}');
}

function isPlain(text: string): boolean {
  const pieces = parseText(text);
  return !('mistake' in pieces) && pieces.every((piece) => typeof piece === 'string');
}

/** A template has no variables, and apostrophes only in its texts, where JSON knows another way to write them. */
function quoteTemplate(template: string): string {
  return /[$`]/.test(template) ? quote(template) : `'${template.replaceAll("'", String.raw`\u0027`)}'`;
}
