import type { Instant } from '../brand.ts';
import { shortDigest } from '../digest.ts';
import { sayDuration } from '../duration.ts';
import type { IncidentEvent } from '../incident/event.ts';
import { VOID_REASONS } from '../incident/evolve-step.ts';
import { nameOf } from '../incident/name-of.ts';
import type { IncidentState } from '../incident/state.ts';
import { sayNote } from '../page/note.ts';
import { runOf, stepOf } from '../incident/state.ts';
import { sayRecordEvent } from './record-sentences.ts';

export type TimelineLine = { readonly at: Instant; readonly says: string };

/** Everything that people can follow, each at its own time: what somebody said when they said it, and alerts when they were heard. */
export function timelineOf(events: readonly IncidentEvent[], state: IncidentState): readonly TimelineLine[] {
  const lines = events.flatMap((event) => {
    const says = sayEvent(event, state);
    return says === null ? [] : [{ at: timeOf(event), says }];
  });
  return lines.toSorted((a, b) => a.at - b.at);
}

function timeOf(event: IncidentEvent): Instant {
  if (event.type === 'note-added') return Math.min(event.saidAt, event.at) as Instant;
  if (event.type === 'page-noted') return event.since ?? event.at;
  return event.type === 'alerts-joined' ? (Math.min(event.heardAt, event.at) as Instant) : event.at;
}

/** What an event means to a person, in one sentence; null for what only the machine cares about. */
export function sayEvent(event: IncidentEvent, state: IncidentState): string | null {
  switch (event.type) {
    case 'incident-opened':
      return `${nameOf(event.by)} opened the incident: ${event.title}`;
    case 'channel-linked':
      return `Channel #${event.name}`;
    case 'incident-closed':
      return `${nameOf(event.by)} closed the incident${event.reason ? `: ${event.reason}` : ''}`;
    case 'run-started': {
      const reason = event.reason ? `: ${event.reason}` : '';
      return `${nameOf(event.by)} started ${event.procedure.id} on ${event.target.name} (run ${event.run})${reason}`;
    }
    case 'settings-changed':
      return `The ${event.what} was edited while the run was going on; the run keeps its own`;
    case 'run-held':
      return `The run waits for a decision (${event.why}): ${title(event, state)}`;
    case 'run-continued':
      return `${nameOf(event.by)} chose ${event.choice}`;
    case 'run-stop-requested':
      return `${nameOf(event.by)} stopped the run${event.reason ? `: ${event.reason}` : ''}`;
    case 'run-made-way':
      return `The drill made way: ${nameOf(event.by)} started ${event.wanted.procedure} on ${event.wanted.target} in earnest`;
    case 'run-finished':
      return `The run ended: ${event.outcome}`;
    case 'page-noted':
      return sayNote(event.note);
    case 'drill-trouble':
      return sayTrouble(event, title(event, state));
    case 'drill-checklist-filled':
      return `${event.by.name} filled in the checklist of the drill`;
    case 'drill-checklist-asked':
    case 'past-runs-noted':
    case 'follow-ups-noted':
    case 'scorecard-written':
    case 'metrics-read':
    case 'metrics-sampled':
    case 'report-written':
    case 'approval-shown':
    case 'step-checked':
    case 'step-process':
      return null;
    default:
      return 'run' in event ? sayStepEvent(event, title(event, state)) : sayRecordEvent(event);
  }
}

type StepEvent = Exclude<
  Extract<IncidentEvent, { step: unknown }>,
  { type: 'run-held' | 'drill-trouble' | 'approval-shown' | 'step-checked' | 'step-process' }
>;

function sayStepEvent(event: StepEvent, what: string): string | null {
  switch (event.type) {
    case 'approval-requested':
      return `Approval asked of ${event.by.join(' or ')}: ${what} (${shortDigest(event.digest)})`;
    case 'approval-given':
      return `${nameOf(event.by)} approved: ${what} (${shortDigest(event.digest)})`;
    case 'approval-overridden':
      return `🔴 OVERRIDE: ${nameOf(event.by)} went on without an approval: ${what} (${shortDigest(event.digest)}): ${event.reason}. Told: ${event.tells}`;
    case 'approval-denied':
      return `${nameOf(event.by)} denied: ${what}: ${event.reason}`;
    case 'approval-expired':
      return `Nobody decided in time: ${what}`;
    case 'approval-voided':
      return `${capital(VOID_REASONS[event.reason])}: ${what}`;
    case 'step-intended':
      return `Begun: ${what}`;
    case 'step-finished':
      return `${OUTCOMES[event.outcome]}: ${what}: ${event.says} (${sayDuration(event.durationMs)})`;
    case 'step-unknown':
      return `Nobody knows how it ended (${event.reason}${event.alive ? ', its process is still running' : ''}): ${what}`;
    case 'orphan-ended':
      return `The process that outlived the bot has ended: ${what}`;
    case 'orphan-kill-requested':
      return `${nameOf(event.by)} had the process killed that outlived the bot: ${what}`;
    case 'step-settled':
      return `Settled: ${what}: ${event.says}`;
    case 'late-result':
      return `A late result, which changed nothing: ${what}: ${event.says}`;
    case 'question-asked':
      return `Asked of ${event.role}: ${event.question}`;
    case 'question-answered':
      return `${nameOf(event.by)} answered ${event.answer}: ${what}${event.note ? `: ${event.note}` : ''}`;
    default:
      return event satisfies never;
  }
}

function sayTrouble({ trouble }: Extract<IncidentEvent, { type: 'drill-trouble' }>, what: string): string {
  if (trouble.kind === 'failing-step') return `Trouble of the drill: a step is made to fail: ${what}`;
  return `Trouble of the drill: ${trouble.who.name} has to stay silent for ${sayDuration(trouble.ms)}: ${what}`;
}

const OUTCOMES = { ok: 'Done', 'already-done': 'Nothing to do', failed: 'Failed' } as const;

function title(event: IncidentEvent, state: IncidentState): string {
  if (!('run' in event) || !('step' in event)) return '';
  const run = runOf(state, event.run);
  return (run && stepOf(run, event.step)?.plan.title) ?? event.step;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
