/** Why the rules of pages say no: the name is the log's field, and the sentence is what the person reads. */
const SENTENCES = {
  'no-such-page': 'There is no such page. `/page list` shows those that are open.',
  'not-called': 'This page does not call you. Ask somebody whom it calls, or a commander.',
  'about-you': 'This page is about what you have decided alone, so somebody else has to answer it.',
  'acknowledged-already': 'Somebody has this already, so nothing was changed.',
  'page-over': 'This page is over, so nothing was changed.',
  'not-due': 'It is not time for this.',
  'written-by-newer': 'This was written by a newer Rollbot, so this version only reads it. Upgrade, then try again.',
} as const;

export type PageRefusalName = keyof typeof SENTENCES;

/** A decision against a command. */
export type PageRefusal = { readonly refusal: PageRefusalName; readonly says: string };

/** Refuses with the name's own sentence, followed by what is particular to this case. */
export function refuse(refusal: PageRefusalName, detail?: string): PageRefusal {
  return { refusal, says: detail ? `${SENTENCES[refusal]} ${detail}` : SENTENCES[refusal] };
}

/** All refusals with their sentences, for a test that reaches each. */
export const PAGE_REFUSALS: Readonly<Record<PageRefusalName, string>> = SENTENCES;
