import { z } from 'zod';
import type { Json } from '../../core/digest.ts';
import { asking } from '../ask.ts';
import { withDesk } from '../desk.ts';
import type { Desk } from '../desk.ts';
import { sayReply } from '../say.ts';
import type { Printing } from '../say.ts';
import type { Terminal } from '../terminal.ts';

export type CloseOptions = Printing & {
  readonly reason?: string;
  /** Criteria that hold, and those that do not, by their titles. */
  readonly yes?: readonly string[];
  readonly no?: readonly string[];
};

type Answer = { readonly title: string; readonly says: 'yes' | 'no' };
type Close = { readonly reason: string | null; readonly answers: readonly Answer[] };

const Closing = z.object({
  left: z.array(z.string()),
  criteria: z.array(z.object({ title: z.string(), holds: z.boolean().nullable(), by: z.enum(['reading', 'person']) })),
  running: z.boolean(),
});

/** Closes an incident: with a reason at once, as in Slack, else through its checklist. What a flag has answered is not asked. */
export async function closeCommand(terminal: Terminal, of: string | undefined, options: CloseOptions): Promise<number> {
  return await withDesk(terminal, async (desk) => {
    const given = { reason: options.reason ?? null, answers: [...answersOf(options.yes, 'yes'), ...answersOf(options.no, 'no')] };
    const asks = given.reason === null && !options.json;
    const how = asks ? await goThrough(terminal, desk, of ?? null, given) : given;
    if (typeof how === 'number') return how;
    const params = { of: of ?? null, reason: how.reason, answers: how.answers.map((each): Json => ({ ...each })) };
    return sayReply(terminal, await desk.call('close', params), options);
  });
}

/** Shows the checklist and asks what is left of it; or the exit status where there is nothing to go through. */
async function goThrough(terminal: Terminal, desk: Desk, of: string | null, given: Close): Promise<Close | number> {
  const reply = await desk.call('closing', { of, answers: given.answers.map((each): Json => ({ ...each })) });
  if (reply.status === 'refused') return sayReply(terminal, reply);
  const { left, criteria, running } = Closing.parse(reply.data);
  // Whatever is answered, nobody closes it now: the rules say why.
  if (running || left.length + criteria.length === 0) return given;
  sayReply(terminal, reply);
  const ask = asking(terminal, {});
  const answers = [...given.answers];
  let isWell = left.length === 0;
  for (const { title, holds, by } of criteria) {
    const says = by === 'person' && holds === null ? await ask.line(`${title}: yes or no?`) : '';
    if (says === null) return { ...given, answers };
    const answer = YES_OR_NO[says.toLowerCase()];
    if (answer !== undefined) answers.push({ title, says: answer });
    isWell &&= holds === true || answer === 'yes';
  }
  return { answers, reason: isWell ? null : (await ask.line('Not all is well. Why may it be closed all the same?')) || null };
}

const YES_OR_NO: Readonly<Record<string, Answer['says']>> = { yes: 'yes', y: 'yes', no: 'no', n: 'no' };

function answersOf(titles: readonly string[] = [], says: Answer['says']): readonly Answer[] {
  return titles.map((title) => ({ title, says }));
}
