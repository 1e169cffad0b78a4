import type { Reply } from '../terminal/index.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export type Printing = { readonly json?: boolean };

/** Nothing that somebody has written elsewhere may move the cursor or turn the direction of writing round. */
const DANGEROUS = /[\p{Cc}\p{Bidi_Control}]/gu;
const RED = '\u001B[1;31m';
const PLAIN = '\u001B[0m';

/** Prints an answer, as lines or as one line of JSON, and says with which status the command ends. */
export function sayReply({ stdout, stderr, columns }: Terminal, { status, why, lines, data }: Reply, { json }: Printing = {}): number {
  if (json) stdout.write(`${JSON.stringify(data)}\n`);
  else for (const line of lines) (status === 'done' ? stdout : stderr).write(`${dress(line, columns !== undefined)}\n`);
  if (status === 'done') return EXIT.ok;
  return why === 'person' ? EXIT.refused : why === 'words' ? EXIT.usage : EXIT.failed;
}

/** A line as it may be printed; in a window an override stands out in red. */
export function dress(line: string, inWindow: boolean): string {
  const clean = line.replaceAll(DANGEROUS, '');
  return inWindow && clean.includes('OVERRIDE') ? `${RED}${clean}${PLAIN}` : clean;
}
