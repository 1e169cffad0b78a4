import { z } from 'zod';
import { withDesk, withLook } from './desk.ts';
import type { Desk } from './desk.ts';
import { followPage } from './follow-page.ts';
import { sayReply } from './say.ts';
import type { Printing } from './say.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** `incident` is false where the page is to belong to none. */
export type PageOptions = Printing & { readonly incident?: string | false; readonly wait?: boolean };
export type PageAnswerOptions = Printing & { readonly incident?: string; readonly yes?: boolean };

const Opened = z.object({ page: z.string() });
const Task = z.object({ token: z.string(), mayMail: z.boolean(), title: z.string() });

/** Calls somebody, and says whom it has called by what and what happens next; where no bot runs, goes on until somebody answers. */
export async function pageCommand(terminal: Terminal, to: string, words: readonly string[], options: PageOptions): Promise<number> {
  const { incident } = options;
  const about = incident === false ? 'none' : incident === undefined ? 'any' : { of: incident };
  return await withDesk(terminal, async (desk) => {
    const reply = await desk.call('page', { to, summary: words.join(' ').trim(), incident: about });
    const opened = Opened.safeParse(reply.data);
    if (reply.status === 'refused' || !opened.success) return sayReply(terminal, reply, options);
    if (!options.json) sayReply(terminal, reply);
    if (desk.own && !options.json)
      terminal.stdout.write('No bot is running, so this command goes on calling people, without Slack, until somebody has it.\n');
    return await followPage(terminal, desk, opened.data.page, { ...options, until: desk.own || options.wait ? 'answered' : 'called' });
  });
}

/** The pages that are open. */
export async function pagesCommand(terminal: Terminal, options: Printing): Promise<number> {
  return await withLook(terminal, async ({ call }) => sayReply(terminal, await call('pages', {}), options));
}

/** Answers a page: that somebody has it, that the next ones are to be called, or that it is done. */
export async function answerPageCommand(
  terminal: Terminal,
  verb: 'page-ack' | 'page-escalate' | 'page-done',
  page: string | undefined,
  options: PageAnswerOptions,
): Promise<number> {
  return await withDesk(terminal, async ({ call }) =>
    sayReply(terminal, await call(verb, { page: page ?? null, incident: options.incident ?? null }), options),
  );
}

/** Shows what a vendor would be sent, and sends it once somebody has said so. */
export async function mailVendorCommand(terminal: Terminal, vendor: string, options: PageAnswerOptions): Promise<number> {
  return await withDesk(terminal, async (desk) => {
    const incident = options.incident ?? null;
    const shown = await desk.call('vendor-task', { vendor, incident });
    const task = Task.safeParse(shown.data);
    if (shown.status === 'refused' || !task.success) return sayReply(terminal, shown, options);
    if (!options.json) sayReply(terminal, shown);
    if (!options.yes && !(await isSure(terminal, task.data.title))) return EXIT.usage;
    return sayReply(terminal, await desk.call('page-mail', { vendor, incident, token: task.data.token }), options);
  });
}

/** Who is on call, or who should be instead, in the words that Slack takes. */
export async function onCallCommand(
  terminal: Terminal,
  verb: 'on-call' | 'on-call-change',
  words: readonly string[],
  options: Printing,
): Promise<number> {
  const work = async ({ call }: Desk): Promise<number> => sayReply(terminal, await call(verb, { text: words.join(' ') }), options);
  return verb === 'on-call' ? await withLook(terminal, work) : await withDesk(terminal, work);
}

async function isSure({ ask, stderr }: Terminal, title: string): Promise<boolean> {
  const typed = await ask(`Type yes to send this to ${title}: `);
  if (typed?.trim().toLowerCase() === 'yes') return true;
  stderr.write(
    typed === null
      ? 'rollbot: Nobody sits here who could confirm it. Look at what would be sent, then add --yes.\n'
      : 'rollbot: Nothing was sent.\n',
  );
  return false;
}
