import type { TextFilter } from './text-filter.ts';

/** What common tokens look like; the group `keep` of a shape stays readable. No shape crosses the end of a line. */
const SHAPES: readonly string[] = [
  String.raw`xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{6,1000}`,
  String.raw`xapp-[A-Za-z0-9-]{6,1000}`,
  String.raw`A(?:KIA|SIA)[A-Z0-9]{16}`,
  String.raw`eyJ[\w-]{6,512}\.eyJ[\w-]{2,6000}(?:\.[\w-]{0,2000})?`,
  String.raw`(?:gh[pousr]_|github_pat_|glpat-)[\w-]{16,300}`,
  String.raw`(?:sk|rk)_(?:live|test)_\w{16,300}`,
  String.raw`(?<url>:\/\/[^\s:@/]{0,100}:)[^\s@/]{1,512}(?=@)`,
  String.raw`(?<bearer>[Bb](?:earer|EARER)[ \t]{1,4})[\w.~+/=-]{8,6000}`,
  String.raw`(?<basic>[Aa]uthorization["']?[:=][ \t"']{0,4}[Bb]asic[ \t]{1,4})[\w+/-]{8,2000}={0,2}`,
];
const KEY_BEGINS = String.raw`-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----`;
const KEY_ENDS = String.raw`-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----`;
/** No private key is longer; after so many characters without an end the rest is shown again. */
const KEY_CHARS = 16_000;
const KEY = String.raw`${KEY_BEGINS}(?:[^]{0,${KEY_CHARS}}?${KEY_ENDS}|[^]{0,${KEY_CHARS}})`;
const PATTERN = new RegExp([KEY, ...SHAPES].join('|'), 'g');
const MAX_LENGTH = KEY_CHARS + 200;
const LONGEST_TOKEN = 9000;

/** A whole text without what looks like a token, whoever it belongs to; much cheaper than a filter of its own. */
export function maskTokens(text: string, mask: string): string {
  return text.replaceAll(PATTERN, (...found) => {
    const { url, bearer, basic }: Readonly<Record<string, string | undefined>> = found.at(-1);
    return (url ?? bearer ?? basic ?? '') + mask;
  });
}

/** Masks what looks like a token in a text that comes in pieces. */
export function createTokenMask(mask: string): TextFilter {
  let held = '';

  function release(decided: number): string {
    let out = '';
    let done = 0;
    PATTERN.lastIndex = 0;
    for (let match = PATTERN.exec(held); match && match.index < decided; match = PATTERN.exec(held)) {
      const { url, bearer, basic } = match.groups ?? {};
      out += held.slice(done, match.index) + (url ?? bearer ?? basic ?? '') + mask;
      done = match.index + match[0].length;
    }
    out += held.slice(done, Math.max(done, decided));
    held = held.slice(Math.max(done, decided));
    return out;
  }

  return {
    push(text) {
      held += text;
      return release(decidedEnd(held));
    },
    end: () => release(held.length),
  };
}

/** How far a text can be judged before the rest has arrived: to the end of its last line, but not into an unfinished key. */
function decidedEnd(text: string): number {
  const end = Math.max(text.lastIndexOf('\n') + 1, text.length - LONGEST_TOKEN, 0);
  const begins = new RegExp(KEY_BEGINS, 'g');
  for (let begin = begins.exec(text); begin && begin.index < end; begin = begins.exec(text)) {
    const rest = text.slice(begin.index, begin.index + MAX_LENGTH);
    if (rest.length < MAX_LENGTH && !new RegExp(KEY_ENDS).test(rest)) return begin.index;
  }
  return end;
}
