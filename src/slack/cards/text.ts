const LINE_BREAKS = /[\r\n\u2028\u2029\v\f]+/g;
const BIDI_AND_CONTROL = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const ZERO_WIDTH = '\u200B';

/** Somebody else's words in one line of mrkdwn: they can't mention, link or break out of it. At most `max` code points as sent. */
export function safe(text: string, max = 300): string {
  const line = text.replaceAll(LINE_BREAKS, ' ').replaceAll(BIDI_AND_CONTROL, '').trim();
  return cut(line, max, escape);
}

/** Somebody else's word inside a sentence of ours, to be read letter by letter: nothing in it is markup. */
export function literal(text: string): string {
  return `\`${text.replaceAll('`', "'") || ' '}\``;
}

/** Somebody else's words as plain text, in one line of at most `max` code points; plain_text needs no escapes. */
export function plain(text: string, max = 150): string {
  const line = text.replaceAll(LINE_BREAKS, ' ').replaceAll(BIDI_AND_CONTROL, '').trim();
  return cut(line, max, (char) => char) || '…';
}

/** The first and last part of a long text, with how much is missing between them; at most `max` code points. */
export function ends(text: string, max: number): string {
  const chars = Array.from(text);
  if (chars.length <= max) return text;
  const room = Math.max(0, max - 40);
  const head = Math.ceil(room * 0.6);
  const left = chars.length - room;
  return `${chars.slice(0, head).join('')}\n… ${left} characters left out …\n${chars.slice(chars.length - (room - head)).join('')}`;
}

/** Length as Slack counts it. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** Cuts finished mrkdwn of our own making, never inside of a reference such as `<@U1>` or `&amp;`. */
export function cutMrkdwn(text: string, max: number): string {
  if (lengthOf(text) <= max) return text;
  const pieces = text.match(/<[^<>]*>|&(?:amp|lt|gt);|[^]/gu) ?? [];
  let room = max - 1;
  const kept: string[] = [];
  for (const piece of pieces) {
    room -= lengthOf(piece);
    if (room < 0) break;
    kept.push(piece);
  }
  return `${kept.join('')}…`;
}

/** Cuts by what each character becomes, and breaks up mentions of everybody. */
function cut(text: string, max: number, become: (char: string) => string): string {
  const sent = Array.from(unmention(text.toWellFormed()), become);
  const total = sent.reduce((sum, each) => sum + lengthOf(each), 0);
  if (total <= max) return sent.join('');
  let room = max - 1;
  const kept: string[] = [];
  for (const each of sent) {
    room -= lengthOf(each);
    if (room < 0) break;
    kept.push(each);
  }
  return `${kept.join('')}…`;
}

function unmention(text: string): string {
  return text.replaceAll(/@(?=(?:here|channel|everyone)\b)|<(?=[!@#])/gi, (start) => `${start}${ZERO_WIDTH}`);
}

function escape(char: string): string {
  if (char === '&') return '&amp;';
  if (char === '<') return '&lt;';
  return char === '>' ? '&gt;' : char;
}
