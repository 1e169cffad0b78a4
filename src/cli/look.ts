import { readFile } from 'node:fs/promises';
import type { Json } from '../core/digest.ts';
import { withDesk, withLook } from './desk.ts';
import { createLive } from './live.ts';
import { sayReply } from './say.ts';
import type { Printing } from './say.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const LOOK_EVERY_MS = 1000;

/** One look: `list`, `show`, `report`. */
export async function lookCommand(terminal: Terminal, verb: string, params: Json, options: Printing): Promise<number> {
  return await withLook(terminal, async ({ call }) => sayReply(terminal, await call(verb, params), options));
}

/** What is open; with `watch` again and again until a signal: in a window in its place, in a pipe whenever it says something else. */
export async function statusCommand(terminal: Terminal, options: Printing & { readonly watch?: boolean }): Promise<number> {
  return await withLook(terminal, async ({ call, signal }) => {
    if (!options.watch) return sayReply(terminal, await call('status', {}), options);
    const live = terminal.columns && !options.json ? createLive(terminal, terminal.columns) : null;
    let said = '';
    for (;;) {
      const reply = await call('status', {});
      if (reply.status === 'refused') return sayReply(terminal, reply, options);
      const says = JSON.stringify(options.json ? reply.data : reply.lines);
      if (live) live.show(reply.lines);
      else if (says !== said) sayReply(terminal, reply, options);
      said = says;
      const stopped = await Promise.race([signal.then(() => true), later(terminal)]);
      if (stopped) return EXIT.ok;
    }
  });
}

/** Feeds in a saved delivery of a monitoring system. */
export async function receiveCommand(terminal: Terminal, source: string, file: string, options: Printing): Promise<number> {
  const body = await readFile(file === '-' ? '/dev/stdin' : file, 'utf8').catch((error: Error) => error);
  if (body instanceof Error) {
    terminal.stderr.write(`rollbot: ${file} can't be read: ${body.message}.\n`);
    return EXIT.usage;
  }
  return await withDesk(terminal, async ({ call }) => sayReply(terminal, await call('receive', { source, body }), options));
}

async function later({ clock }: Terminal): Promise<false> {
  return await new Promise((resolve) => void clock.after(LOOK_EVERY_MS, () => resolve(false)));
}
