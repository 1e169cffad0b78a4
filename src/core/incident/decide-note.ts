import type { Command } from './command.ts';
import type { Decision } from './decide.ts';
import { refuse } from './refusal.ts';
import { said } from './said.ts';
import { keyOfNote } from './record.ts';
import type { IncidentState } from './state.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

const LONGEST = 1500;

/** Puts what somebody said into the timeline, once however often it arrives, and however much has been said: nobody counts at night. */
export function addNote(state: IncidentState, { text, saidAt, by, message }: Of<'add-note'>): Decision {
  if (state.status === 'none') return refuse('no-such-incident');
  const words = said(text, LONGEST);
  if (words === '') return refuse('nothing-said', 'Type `/incident note <what happened>`.');
  const note = { text: words, saidAt, by, message };
  return state.record.notes.known.includes(keyOfNote(note)) ? [] : [{ type: 'note-added', ...note }];
}
