import { dress } from './say.ts';
import type { Terminal } from './terminal.ts';

/** Lines at the end of a window that are written again and again in their place. */
export type Live = {
  show(lines: readonly string[]): void;
};

/** A block that is redrawn in place; a line that is too long for the window is cut, so that the count of lines stays right. */
export function createLive({ stdout }: Pick<Terminal, 'stdout'>, columns: () => number): Live {
  let drawn = 0;
  return {
    show(lines) {
      const width = Math.max(20, columns() - 1);
      const shown = lines.map((line) => dress(cut(line, width), true));
      stdout.write(`${drawn > 0 ? `\u001B[${drawn}A` : ''}\u001B[J${shown.map((line) => `${line}\n`).join('')}`);
      drawn = shown.length;
    },
  };
}

function cut(line: string, width: number): string {
  const chars = Array.from(line);
  return chars.length <= width ? line : `${chars.slice(0, width - 1).join('')}…`;
}
