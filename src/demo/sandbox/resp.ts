/** What Redis can answer, before it is written in its protocol (RESP2). */
export type Reply =
  | { readonly kind: 'status'; readonly text: string }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'integer'; readonly value: number }
  /** `null` is Redis' nil. */
  | { readonly kind: 'bulk'; readonly text: string | null }
  | { readonly kind: 'array'; readonly items: readonly Reply[] };

/** Writes a reply; texts hold one byte a character (latin1). */
export function writeReply(reply: Reply): string {
  switch (reply.kind) {
    case 'status':
      return `+${reply.text}\r\n`;
    case 'error':
      return `-${reply.text}\r\n`;
    case 'integer':
      return `:${reply.value}\r\n`;
    case 'bulk':
      return reply.text === null ? '$-1\r\n' : `$${reply.text.length}\r\n${reply.text}\r\n`;
    case 'array':
      return `*${reply.items.length}\r\n${reply.items.map(writeReply).join('')}`;
    default:
      return reply satisfies never;
  }
}

/** Takes whole commands off the front of what has arrived so far; `rest` waits for more. Throws on anything but the protocol. */
export function readCommands(arrived: string): { commands: string[][]; rest: string } {
  const commands: string[][] = [];
  let rest = arrived;
  for (;;) {
    const next = readCommand(rest);
    if (!next) return { commands, rest };
    if (next.words.length > 0) commands.push(next.words);
    rest = rest.slice(next.length);
  }
}

function readCommand(text: string): { words: string[]; length: number } | null {
  const lineEnd = text.indexOf('\r\n');
  if (lineEnd === -1) return null;
  if (!text.startsWith('*')) return { words: text.slice(0, lineEnd).split(' ').filter(Boolean), length: lineEnd + 2 };
  const words: string[] = [];
  let at = lineEnd + 2;
  for (let left = count(text.slice(1, lineEnd)); left > 0; left -= 1) {
    const end = text.indexOf('\r\n', at);
    if (end === -1) return null;
    if (text[at] !== '$') throw new Error(`Protocol error: expected '$', got '${text[at]}'`);
    const start = end + 2;
    const size = count(text.slice(at + 1, end));
    if (text.length < start + size + 2) return null;
    words.push(text.slice(start, start + size));
    at = start + size + 2;
  }
  return { words, length: at };
}

function count(digits: string): number {
  if (!/^\d{1,9}$/.test(digits)) throw new Error('Protocol error: invalid length');
  return Number(digits);
}
