import { Inexpressible } from './word.ts';

/**
 * Regular expressions in the script are those of jq, which differ from JavaScript's in more than their looks. Each piece is
 * translated into one that means the same in both; what has none is refused.
 */
type Where = 'whole' | 'part' | 'lines';

const BLANKS = String.raw`\t\n\x{b}\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`;
const CLASSES: Readonly<Record<string, string>> = { d: '0-9', w: 'A-Za-z0-9_', s: BLANKS };
const NEGATED: Readonly<Record<string, string>> = { D: '[^0-9]', W: '[^A-Za-z0-9_]', S: `[^${BLANKS}]` };
const EDGE = '(?:(?<=[A-Za-z0-9_])(?![A-Za-z0-9_])|(?<![A-Za-z0-9_])(?=[A-Za-z0-9_]))';
const ANCHORS: Readonly<Record<Exclude<Where, 'whole'> | 'whole', readonly [string, string]>> = {
  whole: [String.raw`\A`, String.raw`\z`],
  part: [String.raw`\A`, String.raw`\z`],
  lines: [String.raw`(?<![^\n])`, String.raw`(?![^\n])`],
};
const TOKEN = /\\u\{[0-9a-fA-F]+\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[\s\S]|\(\?(?:<?[=!]|:)?|\{\d+(?:,\d*)?\}|[\s\S]/gu;

/** Translates a pattern; `whole` where all of the value has to match, `lines` where `^` and `$` are the ends of lines. */
export function portablePattern(pattern: string, where: Where): string {
  let inClass = false;
  let atStart = false;
  const tokens = pattern.match(TOKEN) ?? [];
  const written = tokens.map((token) => {
    const first = atStart;
    atStart = !inClass && token === '[';
    if (!inClass && token === '[') inClass = true;
    else if (inClass && token === ']' && !first) inClass = false;
    else return inClass ? member(token, first, pattern) : atom(token, where, pattern);
    return token;
  });
  const text = written.join('');
  return where === 'whole' ? String.raw`\A(?:${text})\z` : text;
}

function member(token: string, first: boolean, pattern: string): string {
  if (token === '^' && first) return '^';
  if (token.startsWith('\\')) {
    const letter = token.slice(1);
    return CLASSES[letter] ?? escape(token, pattern);
  }
  return token === '[' || token === '&' || token === ']' ? `\\${token}` : token.replace(/^(?:\{|\()/, String.raw`\$&`);
}

function atom(token: string, where: Where, pattern: string): string {
  const [begin, end] = ANCHORS[where];
  if (token === '^') return begin;
  if (token === '$') return end;
  if (token === '.') return String.raw`[^\n\r\x{2028}\x{2029}]`;
  if (token === '(?' || token === '(?<=' || token === '(?<!') throw refused(pattern);
  if (!token.startsWith('\\')) return token === '{' ? String.raw`\{` : token === '}' ? String.raw`\}` : token;
  const letter = token.slice(1);
  if (letter === 'b') return EDGE;
  return CLASSES[letter] !== undefined ? `[${CLASSES[letter]}]` : (NEGATED[letter] ?? escape(token, pattern));
}

function escape(token: string, pattern: string): string {
  const code = /^\\(?:u\{([0-9a-fA-F]+)\}|[ux]([0-9a-fA-F]+))$/.exec(token);
  if (code) return `\\x{${(code[1] ?? code[2] ?? '').toLowerCase()}}`;
  if (/^\\[nrtfv]$/.test(token) || /^\\[^A-Za-z0-9]$/.test(token)) return token;
  throw refused(pattern);
}

function refused(pattern: string): Inexpressible {
  return new Inexpressible(
    `the pattern ${pattern} means something else in a script: write it with plain classes, without \\p, names, lookbehind and back-references`,
  );
}
