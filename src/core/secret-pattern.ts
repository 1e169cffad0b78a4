const MIN_LENGTH = 4;
const URL_PASSWORD = /:\/\/[^\s:@/]*:([^\s@/]+)@/;
/** Long enough for `%25C3%25A9`, which is two bytes encoded twice, and for `\u0026`, which is one. */
const MOST_CHARS_PER_BYTE = 6;

/** One regular expression for all forms of all secrets, and the length of its longest match; null where there is no secret. */
export function secretPattern(secrets: readonly string[]): { readonly source: string; readonly maxLength: number } | null {
  const parts = [...new Set(secrets.flatMap(partsOf))].filter((part) => part.length >= MIN_LENGTH).toSorted((a, b) => b.length - a.length);
  if (parts.length === 0) return null;
  const sources = new Set([...parts.map(escapedForms), ...parts.flatMap(base64Forms)]);
  const longest = Math.max(...parts.map((part) => new TextEncoder().encode(part).length));
  return { source: [...sources].join('|'), maxLength: longest * MOST_CHARS_PER_BYTE };
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

/** Each character as it is, URL-encoded (once or twice, whole or in part) or escaped as in JSON, by a backslash or as a number. */
function escapedForms(secret: string): string {
  return Array.from(secret, (char) => `(?:${[...plainForms(char), percentForm(char), numberForm(char)].join('|')})`).join('');
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
