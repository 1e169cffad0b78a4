/** Why the rules of follow-ups say no: the name is the log's field, and the sentence is what the person reads. */
const SENTENCES = {
  'no-such-follow-up': 'There is no such follow-up any more, so nothing was changed. `/incident todo` lists what is open.',
  'not-in-role': 'This is for somebody in another role. Ask one of them, or somebody who may close incidents.',
  'about-you': 'This is about what you have decided alone, so somebody else has to look at it.',
  'done-already': 'This is done already, so your click changed nothing.',
  'yours-already': 'You have this already, so your click changed nothing.',
  'date-passed': 'That day is over. Choose a later one.',
  'date-too-far': 'That is more than half a year away. Choose an earlier day, and move it again when that comes.',
  'reason-needed': 'Say why it has to wait, in a few words.',
  'written-by-newer': 'This was written by a newer Rollbot, so this version only reads it. Upgrade, then try again.',
} as const;

export type FollowUpRefusalName = keyof typeof SENTENCES;
export type FollowUpRefusal = { readonly refusal: FollowUpRefusalName; readonly says: string };

/** Refuses with the name's own sentence, followed by what is particular to this case. */
export function refuse(refusal: FollowUpRefusalName, detail?: string): FollowUpRefusal {
  return { refusal, says: detail ? `${SENTENCES[refusal]} ${detail}` : SENTENCES[refusal] };
}

/** All refusals with their sentences, for a test that reaches each. */
export const FOLLOW_UP_REFUSALS: Readonly<Record<FollowUpRefusalName, string>> = SENTENCES;
