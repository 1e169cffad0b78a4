import type { Instant } from '../brand.ts';
import { askChecklist, fillChecklist } from '../drill/checklist.ts';
import type { Command } from './command.ts';
import { override } from './decide-override.ts';
import { approve, deny, expireApproval, requestApproval, showApproval } from './decide-approval.ts';
import { noteAlerts } from './decide-alerts.ts';
import {
  closeIncident,
  linkChannel,
  noteFollowUps,
  notePage,
  notePastRuns,
  noteReport,
  noteScorecard,
  openIncident,
  reopenIncident,
  startRun,
} from './decide-incident.ts';
import { makeWay } from './decide-way.ts';
import { intendMail, noteMail } from './decide-mail.ts';
import { addNote } from './decide-note.ts';
import { handOverRole, setSeverity, takeRole } from './decide-people.ts';
import { answer, ask, continueRun, killOrphan, settle, stopRun } from './decide-person.ts';
import { holdOrFinish, noteMetrics, noteSamples, noteSettings } from './decide-run.ts';
import { finishStep, intend, loseStep, noteCheck, noteOrphanEnded, noteProcess, settleByCheck } from './decide-step.ts';
import { callForUpdate, sendUpdate } from './decide-update.ts';
import { writeUp } from './decide-write-up.ts';
import type { IncidentFact } from './event.ts';
import type { Refusal } from './refusal.ts';
import type { IncidentState } from './state.ts';

export type Decision = readonly IncidentFact[] | Refusal;

/** The rules: what a command makes happen in this state at this time, or why it is refused. Asked for everything. */
export function decide(state: IncidentState, command: Command, now: Instant): Decision {
  switch (command.kind) {
    case 'open-incident':
      return openIncident(state, command);
    case 'link-channel':
      return linkChannel(state, command);
    case 'start-run':
      return startRun(state, command);
    case 'close-incident':
      return closeIncident(state, command);
    case 'reopen-incident':
      return reopenIncident(state, command);
    case 'add-note':
      return addNote(state, command);
    case 'set-severity':
      return setSeverity(state, command);
    case 'take-role':
      return takeRole(state, command);
    case 'hand-over-role':
      return handOverRole(state, command);
    case 'send-update':
      return sendUpdate(state, command);
    case 'intend-mail':
      return intendMail(state, command, now);
    case 'note-mail':
      return noteMail(state, command);
    case 'call-for-update':
      return callForUpdate(state, command, now);
    case 'write-up':
      return writeUp(state, command);
    case 'note-alerts':
      return noteAlerts(state, command);
    case 'note-samples':
      return noteSamples(state, command);
    case 'note-report':
      return noteReport(state, command);
    case 'ask-checklist':
      return askChecklist(state, command);
    case 'fill-checklist':
      return fillChecklist(state, command);
    case 'note-past-runs':
      return notePastRuns(state, command);
    case 'note-page':
      return notePage(state, command);
    case 'note-follow-ups':
      return noteFollowUps(state, command);
    case 'note-scorecard':
      return noteScorecard(state, command);
    case 'note-metrics':
      return noteMetrics(state, command);
    case 'note-settings':
      return noteSettings(state, command);
    case 'hold-or-finish':
      return holdOrFinish(state, command);
    case 'make-way':
      return makeWay(state, command, now);
    case 'request-approval':
      return requestApproval(state, command);
    case 'show-approval':
      return showApproval(state, command);
    case 'approve':
      return approve(state, command, now);
    case 'override':
      return override(state, command, now);
    case 'deny':
      return deny(state, command, now);
    case 'expire-approval':
      return expireApproval(state, command, now);
    case 'note-check':
      return noteCheck(state, command);
    case 'intend':
      return intend(state, command, now);
    case 'note-process':
      return noteProcess(state, command);
    case 'finish-step':
      return finishStep(state, command);
    case 'lose-step':
      return loseStep(state, command);
    case 'note-orphan-ended':
      return noteOrphanEnded(state, command);
    case 'settle-by-check':
      return settleByCheck(state, command);
    case 'ask':
      return ask(state, command);
    case 'answer':
      return answer(state, command);
    case 'settle':
      return settle(state, command);
    case 'kill-orphan':
      return killOrphan(state, command);
    case 'continue':
      return continueRun(state, command);
    case 'stop-run':
      return stopRun(state, command);
    default:
      return command satisfies never;
  }
}

/** Tells a refusal from events. */
export function isRefusal(decision: Decision): decision is Refusal {
  return 'refusal' in decision;
}
