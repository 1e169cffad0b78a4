/** What JSON could be read as, or why it is not taken. */
export type StrictJson = { readonly json: unknown } | { readonly says: string };

const DEEPEST = 64;

/**
 * Reads JSON that can be read in one way only: proper UTF-8, no key twice in an object, and not too deep. Parsers differ in what
 * they make of anything else, and whoever has checked a body before us may have read another one.
 */
export function readStrictJson(body: Uint8Array): StrictJson {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return { says: 'The body is not UTF-8.' };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { says: 'The body is not JSON.' };
  }
  const says = whyNotStrict(text);
  return says === null ? { json } : { says };
}

type Level = { readonly keys: Set<string> | null };

/** Looks through a text that is valid JSON: only strings can hide brackets, and only a key is followed by a colon. */
function whyNotStrict(text: string): string | null {
  const open: Level[] = [];
  let from = 0;
  for (const found of text.matchAll(/["{}[\]]/g)) {
    if (found.index < from) continue;
    const [sign] = found;
    if (sign === '}' || sign === ']') open.pop();
    else if (sign !== '"') {
      open.push({ keys: sign === '{' ? new Set() : null });
      if (open.length > DEEPEST) return `The body is nested more than ${DEEPEST} levels deep.`;
    } else {
      from = endOfString(text, found.index);
      const keys = open.at(-1)?.keys;
      if (!keys || !isColonNext(text, from)) continue;
      const key = String(JSON.parse(text.slice(found.index, from)));
      if (keys.has(key)) return `The body has the key ${JSON.stringify(key.slice(0, 100))} twice in one object.`;
      keys.add(key);
    }
  }
  return null;
}

/** Where the text goes on after the string that begins here. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isColonNext(text: string, from: number): boolean {
  const next = /\s*/y;
  next.lastIndex = from;
  next.test(text);
  return text[next.lastIndex] === ':';
}
