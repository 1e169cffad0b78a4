import type { Verb } from '../../verb.ts';
import { ASKED_OF_DRILL, FILL_CHECKLIST } from './checklist.ts';
import { CLOSE, CLOSING, REOPEN } from './close.ts';
import { INCIDENT, INCIDENTS } from './look.ts';
import { NOTE } from './note.ts';
import { OPEN } from './open.ts';
import { FOUND_OUT, REPORT, WRITE_UP } from './report.ts';
import { ROLE } from './role.ts';
import { SEVERITY } from './severity.ts';
import { TODO, TODO_DONE, TODO_LATER, TODO_TAKE } from './todo.ts';
import { DRAFTS, UPDATE } from './update.ts';

/** What can be asked for about incidents: all that `/incident` can. */
export const INCIDENT_VERBS: Readonly<Record<string, Verb>> = {
  'open-incident': OPEN,
  incidents: INCIDENTS,
  incident: INCIDENT,
  note: NOTE,
  severity: SEVERITY,
  role: ROLE,
  drafts: DRAFTS,
  update: UPDATE,
  todo: TODO,
  'todo-done': TODO_DONE,
  'todo-take': TODO_TAKE,
  'todo-later': TODO_LATER,
  'asked-of-drill': ASKED_OF_DRILL,
  'fill-checklist': FILL_CHECKLIST,
  closing: CLOSING,
  close: CLOSE,
  reopen: REOPEN,
  report: REPORT,
  'found-out': FOUND_OUT,
  'write-up': WRITE_UP,
};

/** Those that change nothing. */
export const INCIDENT_LOOKS = ['incidents', 'incident', 'drafts', 'todo', 'asked-of-drill', 'report', 'found-out'] as const;
