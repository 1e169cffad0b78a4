import { sharedRoles } from '../incident/find.ts';
import type { Decision } from '../incident/decide.ts';
import type { Command } from '../incident/command.ts';
import { refuse } from '../incident/refusal.ts';
import type { IncidentState } from '../incident/state.ts';

/** What the platform's own document asks at the end of each drill, in its order and its words. */
export const CHECKLIST = {
  journeys: 'All critical user journeys working',
  authentication: 'Authentication systems functional',
  database: 'Database operations successful',
  files: 'File upload/download working',
  'real-time': 'Real-time features operational (if enabled)',
  monitoring: 'Monitoring systems reporting correctly',
  performance: 'Performance within acceptable limits',
  data: 'No data loss or corruption',
} as const;

export type ChecklistItem = keyof typeof CHECKLIST;
export type ChecklistAnswer = { readonly item: ChecklistItem; readonly answer: 'yes' | 'no' | 'not-tested' };

/** All items, each once and in the document's order. */
export const ITEMS = Object.keys(CHECKLIST) as readonly ChecklistItem[];

/** Whether the time has come to ask for it: what was practised is over. */
export function checklistDue(state: IncidentState): boolean {
  if (state.status !== 'open' || state.practice === null || state.checklistAsked !== null) return false;
  return state.runs.length > 0 && state.runs.every(({ progress }) => progress.status === 'finished');
}

/** Asks the leader of a drill for its checklist, once. */
export function askChecklist(state: IncidentState, { token }: Extract<Command, { kind: 'ask-checklist' }>): Decision {
  return checklistDue(state) ? [{ type: 'drill-checklist-asked', token }] : refuse('not-due');
}

/** Takes the answers to the checklist of a drill, all at once; filled in again, the later answers count. */
export function fillChecklist(state: IncidentState, command: Extract<Command, { kind: 'fill-checklist' }>): Decision {
  const { by, roles, answers, note } = command;
  if (state.status === 'none' || !state.drill) return refuse('no-drill');
  if (state.status === 'closed') return refuse('incident-closed');
  if (state.checklistAsked?.token !== command.token) return refuse('no-longer-asked');
  if (state.runs.some(({ progress }) => progress.status !== 'finished')) return refuse('run-unfinished');
  const leads = state.openedBy.kind === 'person' && state.openedBy.id === by.id;
  const deciders = [...new Set(state.runs.flatMap((run) => run.deciders))];
  if (!leads && sharedRoles(roles, deciders).length === 0) {
    return refuse('not-in-role', `It is for who started the drill, or for ${deciders.join(' or ')}.`);
  }
  if (ITEMS.some((item) => answers.filter((each) => each.item === item).length !== 1)) return refuse('checklist-incomplete');
  return [{ type: 'drill-checklist-filled', by, answers: ITEMS.flatMap((item) => answers.find((each) => each.item === item) ?? []), note }];
}
