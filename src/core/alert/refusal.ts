/** Why the rules of alerts say no: the name is the log's field, and the sentence is what the person reads. */
const SENTENCES = {
  'not-in-role': 'You are not in a role that may do this. Ask somebody who is.',
  'not-firing': 'This is resolved, so nothing was changed.',
  'silenced-already': 'It is silenced already, so nothing was changed.',
  'incident-there-already': 'It belongs to an incident already, so no other was opened.',
  'no-such-group': 'Nobody has heard of these alerts.',
  'written-by-newer': 'This was written by a newer Rollbot, so this version only reads it. Upgrade, then try again.',
} as const;

export type AlertRefusalName = keyof typeof SENTENCES;

/** A decision against a command; the detail adds what only this case knows. */
export type AlertRefusal = { readonly refusal: AlertRefusalName; readonly says: string };

/** Refuses with the name's own sentence, followed by what is particular to this case. */
export function refuse(refusal: AlertRefusalName, detail?: string): AlertRefusal {
  return { refusal, says: detail ? `${SENTENCES[refusal]} ${detail}` : SENTENCES[refusal] };
}

/** All refusals with their sentences, for a test that reaches each. */
export const ALERT_REFUSALS: Readonly<Record<AlertRefusalName, string>> = SENTENCES;
