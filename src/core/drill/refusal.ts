/** Why the rules of drills say no: the name is the log's field, and the sentence is what the person reads. */
const SENTENCES = {
  'not-planned': 'No drill of this name is planned. `/rollback drill list` shows those that are.',
  'not-in-role': 'You are not in a role that may do this. Ask somebody who is.',
  'no-longer-asked': 'That time of the drill is over, so your click changed nothing. `/rollback drill list` shows the next one.',
  'signed-up-already': 'You have signed up for this drill already.',
  'reason-needed': 'Say why it is skipped: `/rollback drill skip <name> <reason>`.',
  'not-due': 'It is not time for this.',
  'written-by-newer': 'This was written by a newer Rollbot, so this version only reads it. Upgrade, then try again.',
} as const;

export type DrillRefusalName = keyof typeof SENTENCES;

/** A decision against a command. */
export type DrillRefusal = { readonly refusal: DrillRefusalName; readonly says: string };

/** Refuses with the name's own sentence, followed by what is particular to this case. */
export function refuse(refusal: DrillRefusalName, detail?: string): DrillRefusal {
  return { refusal, says: detail ? `${SENTENCES[refusal]} ${detail}` : SENTENCES[refusal] };
}

/** All refusals with their sentences, for a test that reaches each. */
export const DRILL_REFUSALS: Readonly<Record<DrillRefusalName, string>> = SENTENCES;
