import { dress } from './say.ts';
import type { Printing } from './say.ts';
import type { Terminal } from './terminal.ts';

/** The fields of a form, asked one after the other. Each answers with null where nobody sits there. */
export type Asking = {
  /** One line. */
  line(question: string): Promise<string | null>;
  /** Lines up to an empty one. */
  text(question: string): Promise<string | null>;
};

/** Asks whoever sits at the terminal; where a program reads the answer nobody is asked. */
export function asking({ ask, columns }: Terminal, { json }: Printing): Asking {
  const line = async (question: string): Promise<string | null> => (json ? null : await ask(`${dress(question, columns !== undefined)} `));
  return {
    line: async (question) => (await line(question))?.trim() ?? null,
    async text(question) {
      const lines: string[] = [];
      for (let asks = question; ; asks = '>') {
        const said = await line(asks);
        if (said === null) return lines.length === 0 ? null : lines.join('\n');
        if (said.trim() === '') return lines.join('\n');
        lines.push(said);
      }
    },
  };
}
