/** Strings, quoted names and comments of PostgreSQL: what stands in them is no code. */
const QUOTED = /\be'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([a-z_]\w*)?\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\//gi;
const READING = new Set(['select', 'with', 'values', 'table', 'show', 'explain']);
/** What opens, ends or escapes the transaction in which Rollbot puts every statement. */
const CONTROLLING = new Set(
  'abort begin close commit copy deallocate declare discard end execute fetch load move prepare release reset rollback savepoint set start'.split(
    ' ',
  ),
);
const CHANGING = /\b(?:insert\s+into|delete\s+from|merge\s+into|update)\b/i;

/** Whether a statement is known to change something. One that is not may still call a function that does. */
export function sqlWrites(query: string): boolean {
  return !READING.has(firstWord(query)) || CHANGING.test(codeOf(query));
}

/** Whether a statement takes away what no other can bring back. */
export function sqlWipes(query: string): boolean {
  return ['truncate', 'drop'].includes(firstWord(query)) || /\bdelete\s+from\b/i.test(codeOf(query));
}

/** What is wrong with a text as the one statement of a transaction that is not its own, as the rest of a sentence. */
export function sqlMistake(query: string): string | undefined {
  const word = firstWord(query);
  if (word === '') return 'Found no statement';
  if (CONTROLLING.has(word)) return `Found ${word.toUpperCase()}, and Rollbot begins and ends the transaction itself`;
  return word !== 'create' && /;\s*\S/.test(codeOf(query)) ? 'Found several statements' : undefined;
}

/** The numbers of the values that a statement uses, in order. */
export function sqlNumbers(query: string): readonly number[] {
  const numbers = [...codeOf(query).matchAll(/(?<![\w$])\$(\d+)/g)].map((match) => Number(match[1]));
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}

/** The word that a statement begins with, in lower case. */
export function firstWord(query: string): string {
  return /^[\s(]*([a-z]+)/i.exec(codeOf(query))?.[1]?.toLowerCase() ?? '';
}

/** What psql would read in a statement that is none of its own, as the end of a sentence. */
export function psqlMistake(query: string): string | undefined {
  const code = codeOf(query);
  if (code.includes('\\')) return 'psql would read the backslash in its statement as a command of its own';
  return /(?<!:):[A-Za-z_'"{]/.test(code)
    ? 'psql would read the colon in its statement as a variable of its own: write it with a space after it'
    : undefined;
}

function codeOf(query: string): string {
  return query.replaceAll(QUOTED, ' ');
}
