import { z } from 'zod';
import { withDesk } from './desk.ts';
import { follow } from './follow.ts';
import { sayReply } from './say.ts';
import type { Printing } from './say.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export type RunOptions = Printing & {
  readonly target?: string;
  readonly reason?: string;
  /** An open incident in which it is started. */
  readonly incident?: string;
  readonly dryRun?: boolean;
  /** Ends as soon as it has started; only where a bot carries it on. */
  readonly detach?: boolean;
};

const Started = z.object({ run: z.string() });

/** Starts a procedure and watches it to its end, or shows what it would do. */
export async function runCommand(terminal: Terminal, procedure: string, values: readonly string[], options: RunOptions): Promise<number> {
  const params = readValues(values);
  if ('mistake' in params) return refuse(terminal, params.mistake);
  const order = {
    procedure,
    target: options.target ?? null,
    params: params.values,
    reason: options.reason ?? null,
    incident: options.incident ?? null,
  };
  return await withDesk(terminal, async (desk) => {
    if (options.dryRun) return sayReply(terminal, await desk.call('dry-run', order), options);
    if (options.detach && desk.own)
      return refuse(terminal, 'No bot is running, so nobody would carry the run on. Leave out --detach, or start the bot.');
    const reply = await desk.call('start', order);
    if (reply.status === 'refused' || options.detach) return sayReply(terminal, reply, options);
    if (!options.json) sayReply(terminal, reply);
    if (desk.own && !options.json)
      terminal.stdout.write('No bot is running, so this command carries it on, without Slack. Others can answer from their terminals.\n');
    return await follow(terminal, desk, Started.parse(reply.data).run, { ...options, until: 'over' });
  });
}

/** Stops a run. */
export async function stopCommand(terminal: Terminal, run: string, options: Printing & { readonly reason?: string }): Promise<number> {
  return await withDesk(terminal, async ({ call }) =>
    sayReply(terminal, await call('stop', { run, reason: options.reason ?? null }), options),
  );
}

function readValues(words: readonly string[]): { readonly values: Record<string, string> } | { readonly mistake: string } {
  const values: Record<string, string> = {};
  for (const word of words) {
    const [, name, value] = /^([A-Za-z_][A-Za-z0-9_-]*)=([^]*)$/.exec(word) ?? [];
    if (name === undefined || value === undefined)
      return { mistake: `"${word}" is no parameter: write name=value. The target is given with --target, and a reason with --reason "…".` };
    if (Object.hasOwn(values, name)) return { mistake: `${name} is given twice. Give it once.` };
    values[name] = value;
  }
  return { values };
}

function refuse({ stderr }: Terminal, says: string): number {
  stderr.write(`rollbot: ${says}\n`);
  return EXIT.usage;
}
