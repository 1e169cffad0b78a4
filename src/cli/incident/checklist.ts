import { z } from 'zod';
import { asking } from '../ask.ts';
import { withDesk } from '../desk.ts';
import { sayReply } from '../say.ts';
import type { Printing } from '../say.ts';
import { EXIT } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';

export type ChecklistOptions = Printing & {
  readonly yes?: readonly string[];
  readonly no?: readonly string[];
  readonly notTested?: readonly string[];
  readonly note?: string;
};

const ANSWERS = ['yes', 'no', 'not-tested'] as const;
type Answer = { readonly item: string; readonly answer: (typeof ANSWERS)[number] };

const Asked = z.object({ items: z.array(z.object({ item: z.string(), title: z.string() })) });

/** Fills in the checklist of a drill: what no flag has answered is asked. */
export async function checklistCommand(terminal: Terminal, of: string | undefined, options: ChecklistOptions): Promise<number> {
  return await withDesk(terminal, async ({ call }) => {
    const which = { of: of ?? null };
    const reply = await call('asked-of-drill', which);
    if (reply.status === 'refused') return sayReply(terminal, reply, options);
    const answers = [...answersOf(options.yes, 'yes'), ...answersOf(options.no, 'no'), ...answersOf(options.notTested, 'not-tested')];
    const ask = asking(terminal, options);
    for (const { item, title } of Asked.parse(reply.data).items) {
      if (answers.some((each) => each.item === item)) continue;
      const says = await ask.line(`${title}: yes, no or not-tested?`);
      const answer = ANSWERS.find((each) => each === says?.toLowerCase());
      if (answer === undefined) return refuse(terminal, item);
      answers.push({ item, answer });
    }
    return sayReply(terminal, await call('fill-checklist', { ...which, answers, note: options.note ?? null }), options);
  });
}

function refuse({ stderr }: Terminal, item: string): number {
  stderr.write(`rollbot: Nothing was filled in. Say of each what you have seen: --yes ${item}, --no ${item} or --not-tested ${item}.\n`);
  return EXIT.usage;
}

function answersOf(items: readonly string[] = [], answer: Answer['answer']): Answer[] {
  return items.map((item) => ({ item, answer }));
}
