import type { GateName } from './gates.ts';

/** Why the rules of triggers say no: the name is the log's field, and the sentence is what the person reads. */
const SENTENCES = {
  'no-watch': 'Nothing is being watched here any more, so nothing was changed. Start with `/rollback <procedure>` if it is needed.',
  'not-in-role': 'You are not in a role that may do this. Ask somebody who is.',
  'no-longer-asked': 'This is no longer asked, so your click changed nothing.',
  'shadow-never-starts': 'This rule only says what it would do. Start with `/rollback <procedure>`.',
  'started-already': 'This watch has started a run already, so nothing was changed.',
  'not-fired': 'It does not fire at this moment, so nothing starts by itself.',
  'not-its-mode': 'This rule may only propose, so a person has to start it.',
  'not-due': 'It is not time for this.',
  'objected-to': 'Somebody has objected to this, so nothing starts by itself.',
  'called-off-already': 'This is called off already, so nothing was changed.',
  'watched-already': 'It is watched already, so no other watch was begun.',
  'procedure-changed': 'Something else was changed since people were shown what would start, so nothing starts by itself.',
  'no-countdown': 'No countdown is running, so there is nothing to object to.',
  'not-an-event': 'This rule goes by readings and not by what is reported.',
  'only-reported': 'This rule goes by what is reported, so there is nothing to watch.',
  'reported-already': 'This was reported already, and people were asked.',
  'written-by-newer': 'This was written by a newer Rollbot, so this version only reads it. Upgrade, then try again.',
} as const;

export type TriggerRefusalName = keyof typeof SENTENCES | GateName;

/** A decision against a command; a closed gate is named by itself. */
export type TriggerRefusal = { readonly refusal: TriggerRefusalName; readonly says: string };

/** Refuses with the name's own sentence, followed by what is particular to this case. */
export function refuse(refusal: keyof typeof SENTENCES, detail?: string): TriggerRefusal {
  return { refusal, says: detail ? `${SENTENCES[refusal]} ${detail}` : SENTENCES[refusal] };
}

/** All refusals with their sentences but those of gates, for a test that reaches each. */
export const TRIGGER_REFUSALS: Readonly<Record<keyof typeof SENTENCES, string>> = SENTENCES;
