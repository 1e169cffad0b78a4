import { parseText } from '../reference.ts';
import type { Reference } from '../reference.ts';

/** Writes a text as one word of bash that stands for exactly that text. */
export function quote(text: string): string {
  if (/[$`']|\\$/.test(text)) return `"${inDoubleQuotes(text)}"`;
  return `'${text}'`;
}

/** How a value that is put in is written in its place; a function of the script, or nothing where it stands as it is. */
export type Encoding = { readonly values?: 'in_url' | 'in_glob' | 'in_pattern'; readonly target?: 'in_pattern' };

/** Writes a text with references as one word of bash: what they stand for is put in when the script runs, and read by nobody as code. */
export function wordOf(text: string, encoding: Encoding = {}): string {
  const pieces = parseText(text);
  if ('mistake' in pieces) throw new Inexpressible(pieces.mistake);
  if (pieces.every((piece) => typeof piece === 'string')) return quote(text);
  return `"${pieces.map((piece) => (typeof piece === 'string' ? inDoubleQuotes(piece) : expansionOf(piece, encoding))).join('')}"`;
}

/** Several words, one after the other. */
export function wordsOf(texts: readonly string[], encoding: Encoding = {}): string {
  return texts.map((text) => wordOf(text, encoding)).join(' ');
}

/** Something of a procedure that has no faithful form in a script, as a sentence. */
export class Inexpressible extends Error {
  readonly code = 'inexpressible';
}

function expansionOf({ scope, path: [name = '', output = ''] }: Reference, { values, target }: Encoding): string {
  switch (scope) {
    case 'run':
      return '$RUN';
    case 'params':
      return encoded(`\${PARAM[${name}]}`, values);
    case 'target':
      return encoded(`\${TARGET[${name}]}`, target);
    case 'steps':
      return encoded(`$(out ${name} ${output})`, values);
    case 'secrets':
      return `$(secret ${name})`;
    default:
      return scope satisfies never;
  }
}

function encoded(expansion: string, by: 'in_url' | 'in_glob' | 'in_pattern' | undefined): string {
  return by === undefined ? expansion : `$(${by} "${expansion}")`;
}

function inDoubleQuotes(text: string): string {
  return text.replaceAll(/[\\"$`]/g, String.raw`\$&`);
}
