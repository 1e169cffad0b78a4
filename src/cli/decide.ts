import { z } from 'zod';
import { withDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { follow } from './follow.ts';
import { sayReply } from './say.ts';
import type { Printing } from './say.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export type ApproveOptions = Printing & {
  /** What was shown elsewhere and is approved here; without it somebody has to type it. */
  readonly digest?: string;
  /** Goes on without the approval: the target's name and a reason are needed. */
  readonly breakGlass?: boolean;
  readonly target?: string;
  readonly reason?: string;
};

const Listed = z.object({
  waiting: z.array(z.object({ kind: z.string(), token: z.string(), run: z.string(), step: z.string(), digest: z.string().optional() })),
});
type Asked = z.infer<typeof Listed>['waiting'][number];

/** Shows exactly what would run, and approves it once its digest was typed. */
export async function approveCommand(terminal: Terminal, of: string | undefined, options: ApproveOptions): Promise<number> {
  return await withDesk(terminal, async (desk) => {
    const asked = await theApproval(terminal, desk, of, options);
    if (typeof asked === 'number') return asked;
    const digest = options.digest ?? (await typeDigest(terminal, asked));
    if (digest === null) return EXIT.usage;
    if (options.breakGlass) {
      const said = await sayAlone(terminal, options);
      if (said === null) return EXIT.usage;
      return await decided(terminal, desk, asked, await desk.call('override', { token: asked.token, digest, ...said }), options);
    }
    return await decided(terminal, desk, asked, await desk.call('approve', { token: asked.token, digest }), options);
  });
}

/** Denies it, with a reason. */
export async function denyCommand(
  terminal: Terminal,
  of: string | undefined,
  options: Printing & { readonly reason: string },
): Promise<number> {
  return await withDesk(terminal, async (desk) => {
    const asked = await theApproval(terminal, desk, of, { ...options, quiet: true });
    if (typeof asked === 'number') return asked;
    return await decided(terminal, desk, asked, await desk.call('deny', { token: asked.token, reason: options.reason }), options);
  });
}

export type AnswerOptions = Printing & { readonly note?: string };

/** Answers a question, says what became of a step, or decides about a run that is held. */
export async function answerCommand(terminal: Terminal, of: string, says: string, options: AnswerOptions): Promise<number> {
  return await withDesk(terminal, async (desk) => {
    const reply = await desk.call('answer', { of, says, note: options.note ?? null });
    const run = z.object({ run: z.string() }).safeParse(reply.data);
    return run.success ? await decided(terminal, desk, run.data, reply, options) : sayReply(terminal, reply, options);
  });
}

/** Where no bot runs, this command is what carries the run on until it waits for somebody again. */
async function decided(
  terminal: Terminal,
  desk: Desk,
  { run }: Pick<Asked, 'run'>,
  reply: Awaited<ReturnType<Desk['call']>>,
  options: Printing,
): Promise<number> {
  const code = sayReply(terminal, reply, options);
  if (reply.status === 'refused' || !desk.own || options.json) return code;
  const ended = await follow(terminal, desk, run, { until: 'waiting' });
  return ended === EXIT.waiting ? code : ended;
}

/** The one approval that is meant, shown in full; or the exit status where there is none, or more than one. */
async function theApproval(
  terminal: Terminal,
  desk: Desk,
  of: string | undefined,
  options: Printing & { readonly quiet?: boolean; readonly digest?: string },
): Promise<Asked | number> {
  const reply = await desk.call('waiting', { of: of ?? null });
  if (reply.status === 'refused') return sayReply(terminal, reply, options);
  const asked = Listed.parse(reply.data).waiting.filter(({ kind }) => kind === 'approval');
  const [only, ...more] = asked;
  if (!only) {
    terminal.stderr.write(
      `rollbot: ${of === undefined ? 'Nothing' : `Nothing of ${of}`} waits for an approval. \`rollbot status\` says what is open.\n`,
    );
    return EXIT.failed;
  }
  if (more.length > 0) {
    sayReply(terminal, reply, options);
    if (!options.json) terminal.stderr.write(`rollbot: Say which one: ${asked.map(({ run, step }) => `${run}/${step}`).join(', ')}.\n`);
    return EXIT.usage;
  }
  if (!options.quiet && !(options.json && options.digest !== undefined)) sayReply(terminal, reply, options);
  return only;
}

/** The name of the target and the reason, typed where they are not given; null where somebody has thought better of it. */
async function sayAlone(
  { ask, stderr }: Terminal,
  options: ApproveOptions,
): Promise<{ readonly target: string; readonly reason: string } | null> {
  const target = options.target ?? (await ask('Nobody else approves this. Type the name of the target to go on alone: '));
  const reason = target ? (options.reason ?? (await ask('Why can it not wait? It stands in the report, in red: '))) : null;
  if (target && reason) return { target: target.trim(), reason: reason.trim() };
  stderr.write('rollbot: Nothing was overridden. It needs the name of the target and a reason: --target <target> --reason "…".\n');
  return null;
}

const TYPED = 8;

async function typeDigest({ ask, stderr }: Terminal, { digest = '' }: Asked): Promise<string | null> {
  const typed = await ask(`Type the first ${TYPED} characters of the digest to approve exactly this: `);
  if (typed === null)
    stderr.write(`rollbot: Nobody sits here who could confirm it. Look at what would run, then add --digest ${digest.slice(0, TYPED)}.\n`);
  if (typed?.trim() === '') stderr.write('rollbot: Nothing was approved.\n');
  return typed?.trim() || null;
}
