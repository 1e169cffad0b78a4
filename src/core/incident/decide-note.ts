import type { Command } from './command.ts';
import type { Decision } from './decide.ts';
import { refuse } from './refusal.ts';
import { said } from './said.ts';
import type { Note } from './record.ts';
import type { IncidentState } from './state.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

const LONGEST = 1500;
/** Beyond that many a timeline is a chat; the channel itself is still there. */
const MOST = 500;

/** Puts what somebody said into the timeline, once however often it arrives. */
export function addNote(state: IncidentState, { text, saidAt, by, message }: Of<'add-note'>): Decision {
  if (state.status === 'none') return refuse('no-such-incident');
  const words = said(text, LONGEST);
  if (words === '') return refuse('nothing-said', 'Type `/incident note <what happened>`.');
  const { notes } = state.record;
  if (notes.some((note) => isSame(note, { text: words, saidAt, by, message }))) return [];
  if (notes.length >= MOST) return refuse('too-much', `It has ${MOST} notes.`);
  return [{ type: 'note-added', text: words, saidAt, by, message }];
}

function isSame(note: Note, other: Note): boolean {
  if (note.message || other.message) return note.message?.channel === other.message?.channel && note.message?.ts === other.message?.ts;
  return note.saidAt === other.saidAt && note.by.id === other.by.id && note.text === other.text;
}
