import { z } from 'zod';
import { asking } from '../ask.ts';
import { withDesk } from '../desk.ts';
import { sayReply } from '../say.ts';
import type { Printing } from '../say.ts';
import { EXIT } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';

export type OpenOptions = Printing & { readonly severity?: string };

const Names = z.object({ names: z.array(z.string()) });

/** Opens an incident; without a title it asks for what the form in Slack asks. */
export async function openCommand(terminal: Terminal, words: readonly string[], options: OpenOptions): Promise<number> {
  return await withDesk(terminal, async ({ call }) => {
    if (words.length > 0) {
      const order = { title: words.join(' '), severity: options.severity ?? null };
      return sayReply(terminal, await call('open-incident', order), options);
    }
    const ask = asking(terminal, options);
    const title = await ask.line('What is the matter? One line:');
    if (!title) {
      terminal.stderr.write('rollbot: Say in a few words what is the matter: rollbot incident open "<title>".\n');
      return EXIT.usage;
    }
    const { names } = Names.parse((await call('names', { what: 'severities' })).data);
    const asks = options.severity === undefined && names.length > 0;
    const severity = options.severity ?? (asks ? await ask.line(`How bad is it? ${names.join(', ')}, or nothing yet:`) : null);
    return sayReply(terminal, await call('open-incident', { title, severity: severity || null }), options);
  });
}
