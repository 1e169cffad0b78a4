import type { Json } from '../core/digest.ts';
import { withDesk } from './desk.ts';
import { sayReply } from './say.ts';
import type { Printing } from './say.ts';
import type { Terminal } from './terminal.ts';

/** One deed that needs nothing but what was typed. */
export async function actCommand(terminal: Terminal, verb: string, params: Json, options: Printing): Promise<number> {
  return await withDesk(terminal, async ({ call }) => sayReply(terminal, await call(verb, params), options));
}
