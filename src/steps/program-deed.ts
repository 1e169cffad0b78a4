import { scratchFolder } from './context.ts';
import type { DeedContext } from './context.ts';
import { failed, unknown } from './deed.ts';
import type { Deed } from './deed.ts';
import { runProgram } from './program.ts';
import type { ProgramEnd } from './program.ts';
import type { ProgramStream } from './step-output.ts';

export type ProgramOrder = {
  /** How sentences call it. */
  readonly name: string;
  readonly argv: readonly string[];
  /** A folder of the run's own where this is left out. */
  readonly cwd?: string;
  readonly stdin?: string;
  readonly env: Readonly<Record<string, string>>;
  /** The exit statuses that mean success. */
  readonly exit: readonly number[];
};

/** Runs a program as a step: its output is shown as it comes, and its exit status decides. */
export async function programDeed(order: ProgramOrder, context: DeedContext): Promise<Deed> {
  const cwd = order.cwd ?? (await scratchFolder(context, 'work'));
  const stdout = context.output.stream();
  const stderr = context.output.stream();
  const end = await runProgram({ ...order, cwd }, { ...context, stdout, stderr });
  stdout.end();
  stderr.end();
  return deedOf(end, order, context, { stdout, stderr });
}

function deedOf(end: ProgramEnd, order: ProgramOrder, context: DeedContext, streams: Record<'stdout' | 'stderr', ProgramStream>): Deed {
  switch (end.how) {
    case 'not-begun':
      return failed(end.says);
    case 'exited':
      return ended(end.exit, order, streams);
    case 'killed':
      return unknown('unclear', `${order.name} was killed by ${end.signal}, and not by Rollbot, so nobody knows how far it came.`);
    case 'stopped': {
      const deed = context.deadline.deed();
      if (end.exit === null) return deed;
      return { ...deed, says: `${order.name} ended with exit status ${end.exit}, but it left processes running. ${deed.says}` };
    }
    default:
      return end satisfies never;
  }
}

function ended(exit: number, { name, exit: good }: ProgramOrder, { stdout, stderr }: Record<'stdout' | 'stderr', ProgramStream>): Deed {
  const says = `${name} ended with exit status ${exit}`;
  if (!good.includes(exit)) {
    const line = stderr.lastLine() || stdout.lastLine();
    return { status: 'failed', exit, says: line ? `${says}: ${line}` : `${says} and said nothing.` };
  }
  if (stdout.isCut()) return { status: 'done', says: `${says}.`, unreadable: 'It printed more than 1 MiB, which is too much to be read.' };
  return { status: 'done', says: `${says}.`, value: stdout.text().trim(), text: stdout.text() };
}
