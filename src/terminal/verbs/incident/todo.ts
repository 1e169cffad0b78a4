import { z } from 'zod';
import type { Instant, TokenId } from '../../../core/brand.ts';
import { dayTyped, isDayOver, laterOn } from '../../../core/followup/later.ts';
import type { FollowUpAnswer } from '../../../core/followup/port.ts';
import { FOLLOW_UP_REFUSALS } from '../../../core/followup/refusal.ts';
import { isFor, openItems } from '../../../core/followup/state.ts';
import type { FollowUp, FollowUpList } from '../../../core/followup/state.ts';
import type { Acting } from '../../../core/incident/command.ts';
import { openIncidents } from '../../incidents.ts';
import { done, refused } from '../../reply.ts';
import type { Reply } from '../../reply.ts';
import { followUpData, followUpLine, numberOf } from '../../say/follow-ups.ts';
import { titleOf } from '../../say/incident.ts';
import { inTerminal } from '../../say/words.ts';
import { verb } from '../../verb.ts';
import type { Desk } from '../../verb.ts';

const NOTHING = 'Nothing is left to be done after any incident.';

const Todo = z.object({ of: z.string().nullable(), which: z.enum(['here', 'mine', 'all']) });

/** What is left to be done: of an incident where one is named or open, else of all; or what the person who asks has or could take. */
export const TODO = verb(Todo, async (acting, { of, which }, desk) => {
  const lists = await desk.followUps.list();
  const shown = which === 'here' ? await listsHere(desk, lists, of) : which === 'all' ? lists : mineIn(lists, acting);
  const open = shown.flatMap((list) => openItems(list).map((item) => ({ list, item })));
  const now = desk.clock.now();
  const lines = shown.flatMap((list) => {
    const items = openItems(list);
    return items.length === 0 ? [] : [`After ${titleOf(list)}`, ...items.map((item) => followUpLine(list.incident, item, now))];
  });
  return done(lines.length === 0 ? [NOTHING] : lines, { followUps: open.map(({ list, item }) => followUpData(list.incident, item)) });
});

const Item = z.object({ of: z.string().nullable(), number: z.string() });

/** Says that something is done. */
export const TODO_DONE = verb(Item, async (acting, item, desk) => {
  return await withItem(desk, item, async ({ token }) => await desk.followUps.finish(token, acting));
});

/** Takes something, so that nobody else does it too. */
export const TODO_TAKE = verb(Item, async (acting, item, desk) => {
  return await withItem(desk, item, async ({ token }) => await desk.followUps.take(token, acting));
});

/** Moves the date of something, with a reason that its report tells. */
export const TODO_LATER = verb(
  Item.extend({ day: z.string(), reason: z.string() }),
  async (acting, { day: typed, reason, ...item }, desk) => {
    const day = dayTyped(typed);
    const now = desk.clock.now();
    if (day === null) return refused('words', [`"${typed}" is no day. Write it as 2026-12-01.`]);
    if (isDayOver(day, now)) return refused('words', [FOLLOW_UP_REFUSALS['date-passed']]);
    return await withItem(
      desk,
      item,
      async ({ token, dueAt }) => await desk.followUps.postpone(token, laterOn(day, dueAt, now), reason, acting),
    );
  },
);

type Shown = { readonly token: TokenId; readonly dueAt: Instant };

async function withItem(desk: Desk, named: z.infer<typeof Item>, act: (item: Shown) => Promise<FollowUpAnswer>): Promise<Reply> {
  const found = itemNamed(await desk.followUps.list(), named);
  if ('says' in found) return refused('words', [found.says]);
  const { list, item } = found;
  if (item.token === null) return refused('rules', ['It has been opened just now. Try again in a moment.']);
  const { status, says } = await act({ token: item.token, dueAt: item.dueAt });
  if (status === 'refused') return refused('rules', [inTerminal(says)]);
  return done([says], { incident: list.incident, number: Number(item.id.slice(1)), title: item.title });
}

type Named = { readonly list: FollowUpList; readonly item: FollowUp };

/** What somebody means by a number: `k7m2xq/2`, or `2` where only one incident has something left to be done. */
function itemNamed(lists: readonly FollowUpList[], { of, number: typed }: z.infer<typeof Item>): Named | { readonly says: string } {
  const [, before, number = ''] = /^(?:([^/]+)\/)?f?(\d+)$/.exec(typed.trim()) ?? [];
  const incident = before ?? of;
  const fitting = lists.filter((list) => incident === null || incident === undefined || list.incident === incident);
  const all = fitting.flatMap((list) => list.items.filter(({ id }) => id === `f${number}`).map((item) => ({ list, item })));
  const [only, ...more] = all;
  if (only && more.length === 0) return only;
  if (only)
    return { says: `Say which one: ${all.map(({ list, item }) => `${numberOf(list.incident, item.id)} (${item.title})`).join(', ')}.` };
  return { says: `There is no follow-up "${typed}" that is open. \`rollbot incident todo all\` lists what is, with its numbers.` };
}

async function listsHere(desk: Desk, lists: readonly FollowUpList[], of: string | null): Promise<readonly FollowUpList[]> {
  if (of !== null) return lists.filter(({ incident }) => incident === of);
  const { found } = await openIncidents(desk);
  const here = lists.filter((list) => found.some(({ incident }) => incident.incident === list.incident));
  return here.length > 0 ? here : lists;
}

function mineIn(lists: readonly FollowUpList[], acting: Acting): readonly FollowUpList[] {
  return lists.map((list) => ({ ...list, items: list.items.filter((item) => isFor(item, acting)) }));
}
