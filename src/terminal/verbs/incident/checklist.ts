import { z } from 'zod';
import type { TokenId } from '../../../core/brand.ts';
import { CHECKLIST, ITEMS } from '../../../core/drill/checklist.ts';
import type { ChecklistItem } from '../../../core/drill/checklist.ts';
import { didYouMean, sayList } from '../../../core/procedure/nearest.ts';
import { incidentNamed } from '../../incidents.ts';
import { done, refused } from '../../reply.ts';
import { verb } from '../../verb.ts';
import { actIn } from './act.ts';

/** What is asked at the end of a drill, and what was answered so far. */
export const ASKED_OF_DRILL = verb(z.object({ of: z.string().nullable() }), async (_acting, { of }, desk) => {
  const found = await incidentNamed(desk, of);
  if ('says' in found) return refused('words', [found.says]);
  const { incident, checklist } = found.incident;
  const items = ITEMS.map((item) => {
    const answer = checklist?.answers.find((each) => each.item === item)?.answer ?? null;
    return { item, title: CHECKLIST[item], answer };
  });
  const lines = items.map(({ item, title, answer }) => `${item}  ${title}: ${answer ?? 'not answered'}`);
  return done(lines, { incident, items });
});

const Answered = z.object({ item: z.string(), answer: z.enum(['yes', 'no', 'not-tested']) });
const Filled = z.object({ of: z.string().nullable(), answers: z.array(Answered), note: z.string().nullable() });

/** Fills in the checklist of a drill, all of it at once. */
export const FILL_CHECKLIST = verb(Filled, async (acting, { of, answers: typed, note }, desk) => {
  const found = await incidentNamed(desk, of);
  if ('says' in found) return refused('words', [found.says]);
  const strange = typed.find(({ item }) => !isItem(item));
  if (strange) {
    const { item } = strange;
    return refused('words', [`The checklist has no "${item}".${didYouMean(item, ITEMS)} It has ${sayList(ITEMS, 'and')}.`]);
  }
  const { checklistAsked, drill } = found.incident;
  if (drill && checklistAsked === null) return refused('rules', ['The checklist is asked for when every run of the drill is over.']);
  const answers = typed.flatMap(({ item, answer }) => (isItem(item) ? [{ item, answer }] : []));
  const act = { kind: 'fill-checklist', token: checklistAsked?.token ?? NO_TOKEN, answers, note, ...acting } as const;
  return await actIn(desk, found, act, 'The checklist is filled in.');
});

/** Of an incident that is no drill: the rules say so. */
const NO_TOKEN = '' as TokenId;

function isItem(word: string): word is ChecklistItem {
  return ITEMS.some((item) => item === word);
}
