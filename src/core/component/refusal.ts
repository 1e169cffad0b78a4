/** Why the rules of releases say no: the name is the log's field, and the sentence is what the person reads. */
const SENTENCES = {
  'not-in-role': 'You are not in a role that may do this. Ask somebody who is.',
  'no-such-version': 'This version was never seen running here.',
  'good-already': 'This version is verified already, so nothing was changed.',
  'doubted-already': 'This version is doubted already, so nothing was changed.',
  'held-already': 'It is held already, so nothing was changed.',
  'not-held': 'It is not held, so nothing was changed.',
  'written-by-newer': 'This was written by a newer Rollbot, so this version only reads it. Upgrade, then try again.',
} as const;

export type ReleaseRefusalName = keyof typeof SENTENCES;

/** A decision against a command; the detail adds what only this case knows. */
export type ReleaseRefusal = { readonly refusal: ReleaseRefusalName; readonly says: string };

/** Refuses with the name's own sentence, followed by what is particular to this case. */
export function refuse(refusal: ReleaseRefusalName, detail?: string): ReleaseRefusal {
  return { refusal, says: detail ? `${SENTENCES[refusal]} ${detail}` : SENTENCES[refusal] };
}

/** All refusals with their sentences, for a test that reaches each. */
export const RELEASE_REFUSALS: Readonly<Record<ReleaseRefusalName, string>> = SENTENCES;
