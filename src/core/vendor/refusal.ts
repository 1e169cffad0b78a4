/** Why the rules of asking vendors say no: the name is the log's field, and the sentence is what the person reads. */
const SENTENCES = {
  'in-a-drill': 'This is a drill, and nobody outside is asked in a drill. Say in the channel that you would have asked them now.',
  'no-role': 'Only those who hold a role in rollbot.yml can have a vendor asked. Ask one of them.',
  'asked-already': 'They are being asked already in this incident.',
  'not-in-role': 'Only those who hold the role of this task, and commanders, can do that. Ask one of them.',
  'no-task': 'There is no such task any more, so nothing was changed.',
  'no-address': 'rollbot.yml has no mail address of theirs. Ask them by the phone number or the page on the card.',
  'mail-sent': 'The mail has gone out already. Answer in your own mailbox if there is more to say.',
  'mail-under-way': 'The mail is being sent at this moment.',
  'written-by-newer': 'This was written by a newer Rollbot, so this version only reads it. Upgrade, then try again.',
} as const;

export type VendorRefusalName = keyof typeof SENTENCES;
export type VendorRefusal = { readonly refusal: VendorRefusalName; readonly says: string };

/** Refuses with the name's own sentence, followed by what is particular to this case. */
export function refuse(refusal: VendorRefusalName, detail?: string): VendorRefusal {
  return { refusal, says: detail ? `${SENTENCES[refusal]} ${detail}` : SENTENCES[refusal] };
}
