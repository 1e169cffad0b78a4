import type { Command } from './command.ts';
import type { Decision } from './decide.ts';
import type { IncidentFact } from './event.ts';
import { mayNotLead } from './people.ts';
import type { Said } from './record.ts';
import { refuse } from './refusal.ts';
import { said } from './said.ts';
import type { IncidentState } from './state.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

const LONGEST = 3000;
const LONGEST_ITEM = 300;
const MOST_ITEMS = 50;

/** Keeps what people found out, also after the end: root cause, lessons and what is to be done. What says nothing new is left out. */
export function writeUp(state: IncidentState, { rootCause, lessons, items, ...acting }: Of<'write-up'>): Decision {
  if (state.status === 'none') return refuse('no-such-incident');
  const refused = mayNotLead(state, acting);
  if (refused) return refused;
  const { by } = acting;
  const known = state.record.writeUp;
  const added = items
    .map(({ title, owner }) => ({ title: said(title, LONGEST_ITEM), owner }))
    .filter(({ title }) => title !== '' && !known.items.some((each) => each.title === title));
  if (known.items.length + added.length > MOST_ITEMS) return refuse('too-much', `It has ${known.items.length} action items.`);
  return [
    ...news(rootCause, known.rootCause).map((text): IncidentFact => ({ type: 'root-cause-set', text, by })),
    ...news(lessons, known.lessons).map((text): IncidentFact => ({ type: 'lessons-set', text, by })),
    ...added.map((item): IncidentFact => ({ type: 'action-item-added', ...item, by })),
  ];
}

function news(text: string | null, known: Said | null): readonly string[] {
  const now = text === null ? '' : said(text, LONGEST);
  return now === '' || now === known?.text ? [] : [now];
}
