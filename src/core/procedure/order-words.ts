import { invisibleIn } from './param-value.ts';

/** A word of an order; `name` where it is `name=value`, and `text` is then the value. Quoted words are never interpreted. */
export type Word = { readonly text: string; readonly quoted: boolean; readonly name?: string };

const LONGEST = 3000;
const CLOSING: Readonly<Record<string, string>> = {
  '"': '"“”„',
  "'": "'‘’",
  '“': '"”“',
  '”': '"”',
  '„': '"“”',
  '‘': "'’",
  '’': "'’",
  '«': '»',
};
const NAMED = /^([A-Za-z_][A-Za-z0-9_-]*)=/;

/** Splits the text of an order at white space outside of quotes, with Slack's three escapes taken back. */
export function wordsOf(text: string): { readonly words: readonly Word[] } | { readonly mistake: string } {
  if (text.length > LONGEST) return { mistake: `This is longer than ${LONGEST} characters. Shorten the reason.` };
  const plain = unescapeSlack(text).replaceAll(/[\t\n\r]/g, ' ');
  const invisible = invisibleIn(plain);
  if (invisible) return { mistake: `This holds a character that can't be seen (${invisible}). Type it by hand instead of pasting it.` };
  const words: Word[] = [];
  let at = skipSpace(plain, 0);
  while (at < plain.length) {
    const read = readWord(plain, at);
    if ('mistake' in read) return read;
    words.push(read.word);
    at = skipSpace(plain, read.end);
  }
  return { words };
}

function readWord(text: string, start: number): { readonly word: Word; readonly end: number } | { readonly mistake: string } {
  const name = NAMED.exec(text.slice(start))?.[1];
  const from = name === undefined ? start : start + name.length + 1;
  const named = name === undefined ? {} : { name };
  const closing = CLOSING[text[from] ?? ''];
  if (closing === undefined) {
    const end = nextSpace(text, from);
    const value = text.slice(from, end);
    if (name !== undefined && value === '') return { mistake: `${name}= has no value. Write ${name}=<value>, with nothing around the =.` };
    return { word: { text: value, quoted: false, ...named }, end };
  }
  return readQuoted(text, { from, closing, named });
}

type Quoted = { readonly from: number; readonly closing: string; readonly named: { readonly name?: string } };

/** A quotation ends at the first closing mark that is followed by white space or the end, so that an apostrophe ends nothing. */
function readQuoted(
  text: string,
  { from, closing, named }: Quoted,
): { readonly word: Word; readonly end: number } | { readonly mistake: string } {
  for (let end = from + 1; end < text.length; end += 1) {
    if (!closing.includes(text[end]!)) continue;
    if (end + 1 < text.length && !/\s/.test(text[end + 1]!)) continue;
    return { word: { text: text.slice(from + 1, end), quoted: true, ...named }, end: end + 1 };
  }
  return { mistake: `A quotation begins at ${text.slice(from, from + 20)} and does not end. Close it with a quotation mark and a space.` };
}

/** What somebody has typed, where Slack has escaped it. */
export function unescapeSlack(text: string): string {
  const plain: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
  return text.replaceAll(/&(?:amp|lt|gt);/g, (escape) => plain[escape] ?? escape);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at]!)) at += 1;
  return at;
}

function nextSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/\s/.test(text[at]!)) at += 1;
  return at;
}
