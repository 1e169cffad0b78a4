import { z } from 'zod';
import type { Desk } from './desk.ts';
import { createLive } from './live.ts';
import { dress, sayReply } from './say.ts';
import type { Printing } from './say.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const News = z.object({
  seq: z.number(),
  news: z.array(z.string()),
  run: z.object({ status: z.string(), outcome: z.string().nullable() }),
  waiting: z.array(z.object({ kind: z.string() })),
  acts: z.boolean(),
});

/** `over`: until the run has ended. `waiting`: or until it waits for somebody. */
export type Until = 'over' | 'waiting';

const GOOD = new Set(['verified', 'nothing-to-do']);

/** Watches a run: in a window as a table in its place, in a pipe as a line for each thing that happens. */
export async function follow(
  terminal: Terminal,
  desk: Desk,
  run: string,
  how: Printing & { readonly until: Until; readonly after?: number },
): Promise<number> {
  const live = terminal.columns && !how.json ? createLive(terminal, terminal.columns) : null;
  let after = how.after ?? 0;
  for (;;) {
    const reply = await Promise.race([desk.call('follow', { run, after }), desk.signal.then(() => null)]);
    if (reply === null) return interrupted(terminal, desk, run);
    if (reply.status === 'refused') return sayReply(terminal, reply, how);
    const { seq, news, run: now, waiting, acts } = News.parse(reply.data);
    if (live) live.show(reply.lines);
    else if (!how.json) for (const line of news) terminal.stdout.write(`${dress(line, false)}\n`);
    after = seq;
    const over = now.status === 'finished';
    if (over || (how.until === 'waiting' && waiting.length > 0 && !acts)) {
      if (how.json) sayReply(terminal, reply, how);
      return over ? (GOOD.has(now.outcome ?? '') ? EXIT.ok : EXIT.failed) : EXIT.waiting;
    }
  }
}

function interrupted({ stderr }: Terminal, { own }: Desk, run: string): number {
  stderr.write(
    own
      ? `rollbot: This command was all that carried run ${run} on. Start the bot, or give any order about the run, and it is taken up as it was left.\n`
      : `rollbot: Run ${run} goes on without you. Look again with \`rollbot show ${run}\`, or stop it with \`rollbot stop ${run}\`.\n`,
  );
  return EXIT.interrupted;
}
