import { z } from 'zod';
import type { Desk } from './desk.ts';
import { createLive } from './live.ts';
import { dress, sayReply } from './say.ts';
import type { Printing } from './say.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const Standing = z.object({
  seq: z.number(),
  news: z.array(z.string()),
  /** Something is being done for it at this moment. */
  acts: z.boolean(),
  page: z.object({
    status: z.string(),
    calls: z.array(z.object({ people: z.array(z.object({ media: z.array(z.object({ status: z.string() })) })) })),
    over: z.object({ how: z.string() }).nullable(),
  }),
});
type Page = z.infer<typeof Standing>['page'];

/** `called`: until the media have answered that were to call somebody now. `answered`: until somebody has it, or it is over. */
export type UntilPage = 'called' | 'answered';

/** Watches a page: in a window how it stands, in its place; in a pipe how it stands once it has called somebody, then what happens. */
export async function followPage(
  terminal: Terminal,
  desk: Desk,
  page: string,
  how: Printing & { readonly until: UntilPage },
): Promise<number> {
  const live = terminal.columns && !how.json ? createLive(terminal, terminal.columns) : null;
  let [after, stood] = [0, false];
  for (;;) {
    const reply = await Promise.race([desk.call('page-follow', { page, after }), desk.signal.then(() => null)]);
    if (reply === null) return interrupted(terminal, desk, page);
    if (reply.status === 'refused') return sayReply(terminal, reply, how);
    const { seq, acts, news, page: now } = Standing.parse(reply.data);
    const quiet = !acts || seq === after || now.status !== 'open';
    if (live) live.show(reply.lines);
    else if (!how.json && (stood || quiet)) for (const line of stood ? news : reply.lines) terminal.stdout.write(`${dress(line, false)}\n`);
    [after, stood] = [seq, stood || quiet];
    if (now.status === 'open' && !(how.until === 'called' && quiet)) continue;
    if (how.json) sayReply(terminal, reply, how);
    return how.until === 'called' ? exitOfCall(now) : exitOfAnswer(now);
  }
}

/** Nobody was called by anything that took it: whoever reads the exit status has to do something else. */
function exitOfCall({ status, calls }: Page): number {
  const all = calls.flatMap(({ people }) => people.flatMap(({ media }) => media));
  return status === 'acknowledged' || all.some((each) => each.status !== 'failed') ? EXIT.ok : EXIT.failed;
}

function exitOfAnswer({ over }: Page): number {
  return over?.how === 'gave-up' ? EXIT.failed : EXIT.ok;
}

function interrupted({ stderr }: Terminal, { own }: Desk, page: string): number {
  stderr.write(
    own
      ? `rollbot: This command was all that called people for page ${page}. Start the bot, and it goes on where it was left.\n`
      : `rollbot: Page ${page} goes on without you. Look again with \`rollbot page list\`.\n`,
  );
  return EXIT.interrupted;
}
