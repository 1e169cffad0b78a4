const MIN_LENGTH = 4;
const URL_PASSWORD = /:\/\/[^\s:@/]*:([^\s@/]+)@/;
/** Long enough for `%25C3%25A9`, which is two bytes encoded twice, and for `\u0026`, which is one. */
const MOST_CHARS_PER_BYTE = 6;

/** A long secret is looked for piece by piece, and each expression has so many bytes of them: a larger one can't be compiled. */
const PIECE_CHARS = 400;
const EXPRESSION_BYTES = 2000;
const LONG_CHARS = 40;

export type SecretPattern = { readonly pattern: RegExp; readonly maxLength: number };

/** Global regular expressions for all forms of all secrets, each with the length of its longest match. */
export function secretPatterns(secrets: readonly string[]): readonly SecretPattern[] {
  const parts = secrets.flatMap(partsOf).filter((part) => part.length >= MIN_LENGTH);
  const pieces = [...new Set(parts.flatMap(piecesOf))].toSorted((a, b) => b.length - a.length);
  const groups: string[][] = [];
  let room = 0;
  for (const piece of pieces) {
    room -= bytesOf(piece);
    if (room < 0) {
      groups.push([]);
      room = EXPRESSION_BYTES - bytesOf(piece);
    }
    groups.at(-1)?.push(piece);
  }
  return groups.map(patternOf);
}

function patternOf(parts: readonly string[]): SecretPattern {
  const sources = new Set([...parts.map(escapedForms), ...parts.flatMap(base64Forms)]);
  return { pattern: new RegExp([...sources].join('|'), 'g'), maxLength: Math.max(...parts.map(bytesOf)) * MOST_CHARS_PER_BYTE };
}

/** Pieces of about the same length, none of them so short that it would be found everywhere. */
function piecesOf(part: string): readonly string[] {
  const chars = Array.from(part);
  const count = Math.ceil(chars.length / PIECE_CHARS);
  const length = Math.ceil(chars.length / count);
  return Array.from({ length: count }, (_, index) => chars.slice(index * length, (index + 1) * length).join(''));
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** A secret, its lines where it has several, and the password where it is a URL with one. */
function partsOf(secret: string): readonly string[] {
  const password = URL_PASSWORD.exec(secret)?.[1];
  const lines = secret.includes('\n') ? secret.split(/\r?\n/) : [];
  return [secret, ...lines, ...(password === undefined ? [] : [password, decoded(password)])].map((part) => part.trim());
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Each character as it is, URL-encoded (once or twice, whole or in part) or escaped as in JSON, by a backslash or as a number.
 * Letters and digits, which nothing has to encode, stay as they are in long secrets: that keeps their expressions small.
 */
function escapedForms(secret: string): string {
  const isLong = secret.length > LONG_CHARS;
  return Array.from(secret, (char) => {
    if (isLong && /^[A-Za-z0-9]$/.test(char)) return char;
    return `(?:${[...plainForms(char), percentForm(char), numberForm(char)].join('|')})`;
  }).join('');
}

function plainForms(char: string): readonly string[] {
  switch (char) {
    case '\n':
      return ['\\\\n'];
    case '\r':
      return ['\\\\r'];
    case '\t':
      return ['\\t', '\\\\t'];
    case ' ':
      return [' ', '\\+'];
    case '"':
    case '\\':
    case '/':
      return [escaped(`\\${char}`), escaped(char)];
    default:
      return [escaped(char)];
  }
}

function percentForm(char: string): string {
  return Array.from(new TextEncoder().encode(char), (byte) => `%(?:25)?${anyCase(byte.toString(16).padStart(2, '0'))}`).join('');
}

function numberForm(char: string): string {
  return char
    .split('')
    .map((unit) => String.raw`\\u${anyCase(unit.charCodeAt(0).toString(16).padStart(4, '0'))}`)
    .join('');
}

function anyCase(hex: string): string {
  return hex.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** The characters that a secret always gives in base64, for each of the three places where it can begin in a group of bytes. */
function base64Forms(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  return [0, 1, 2].map((before) => {
    const text = btoa(String.fromCharCode(...new Uint8Array(before), ...bytes));
    const core = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return core.replaceAll(/[+/]/g, (char) => (char === '+' ? '[+-]' : '[/_]'));
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
