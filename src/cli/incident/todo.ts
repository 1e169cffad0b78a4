import type { Json } from '../../core/digest.ts';
import { withDesk } from '../desk.ts';
import { lookCommand } from '../look.ts';
import { sayReply } from '../say.ts';
import type { Printing } from '../say.ts';
import { EXIT } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';

export type TodoOptions = Printing & { readonly incident?: string; readonly to?: string; readonly reason?: string };

/** What incidents leave to be done: lists it, or says of one that it is done, taken or has to wait. */
export async function todoCommand(
  terminal: Terminal,
  what: string | undefined,
  number: string | undefined,
  options: TodoOptions,
): Promise<number> {
  const of = options.incident ?? null;
  switch (what) {
    case undefined:
      return await lookCommand(terminal, 'todo', { of, which: 'here' }, options);
    case 'mine':
    case 'all':
      return await lookCommand(terminal, 'todo', { of, which: what }, options);
    case 'done':
    case 'take':
    case 'later':
      return await change(terminal, what, { of, number }, options);
    default:
      return refuse(terminal, `There is no rollbot incident todo ${what}. Type nothing behind it, or mine, all, done, take or later.`);
  }
}

async function change(
  terminal: Terminal,
  what: 'done' | 'take' | 'later',
  { of, number }: { readonly of: string | null; readonly number: string | undefined },
  options: TodoOptions,
): Promise<number> {
  if (number === undefined) return refuse(terminal, `Say which one: rollbot incident todo ${what} <number>. The list has the numbers.`);
  const { to, reason } = options;
  if (what === 'later' && (to === undefined || reason === undefined))
    return refuse(terminal, 'Say until when and why: rollbot incident todo later <number> --to 2026-12-01 --reason "…".');
  const params: Json = { of, number, ...(what === 'later' && { day: to ?? '', reason: reason ?? '' }) };
  return await withDesk(terminal, async ({ call }) => sayReply(terminal, await call(`todo-${what}`, params), options));
}

function refuse({ stderr }: Terminal, says: string): number {
  stderr.write(`rollbot: ${says}\n`);
  return EXIT.usage;
}
