const CONTROL = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const SPECIAL = /[\\`*_{}[\]<>#|~!&]/g;

/** Somebody's words in one line of Markdown: they can't break out of their line, cell or emphasis. */
export function md(text: string): string {
  const line = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(CONTROL, '')
    .trim()
    .replaceAll(SPECIAL, (char) => `\\${char}`);
  return line.replace(/^(\d+)([.)])/, '$1\\$2').replace(/^([-+=])/, '\\$1');
}

/** Somebody's words in as many paragraphs as they have lines. */
export function paragraphs(text: string): string {
  return text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map(md)
    .filter((line) => line !== '')
    .join('\n\n');
}

/** Lines as they are, in a fence that is longer than any inside. */
export function fenced(lines: readonly string[]): string {
  const text = lines.join('\n').replaceAll(/[^\P{Cc}\n\t]/gu, '');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** A table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** `2026-11-24 03:15:09`, in UTC. */
export function utc(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
