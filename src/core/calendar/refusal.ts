/** Why the rules of calendars say no: the name is the log's field, and the sentence is what the person reads. */
const SENTENCES = {
  'not-in-role': 'Only those who hold the role, and commanders, change who is on call for it. Ask one of them.',
  'not-a-holder': 'Only somebody who holds the role can be on call for it.',
  'ends-before-it-begins': 'It would end before it begins. Give an end that is later.',
  'in-the-past': 'It would begin in the past. Leave out when it begins, and it begins now.',
  'too-long': 'This is more than 31 days. Change the rotation in rollbot.yml instead.',
  'too-many': 'There are 50 overrides already. Cancel some of them first; `/oncall` lists them.',
  'no-such-override': 'There is no such override any more, so nothing was changed. `/oncall` lists those there are.',
  'written-by-newer': 'This was written by a newer Rollbot, so this version only reads it. Upgrade, then try again.',
} as const;

export type CalendarRefusalName = keyof typeof SENTENCES;
export type CalendarRefusal = { readonly refusal: CalendarRefusalName; readonly says: string };

/** Refuses with the name's own sentence, followed by what is particular to this case. */
export function refuse(refusal: CalendarRefusalName, detail?: string): CalendarRefusal {
  return { refusal, says: detail ? `${SENTENCES[refusal]} ${detail}` : SENTENCES[refusal] };
}
