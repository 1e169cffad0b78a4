import type { Instant } from '../brand.ts';
import type { IncidentEvent, Person } from '../incident/event.ts';

/** Something that people were asked, and who answered how long after they were shown it. */
export type Answered = {
  readonly who: Person;
  readonly did: string;
  /** The id of the step that it was about. */
  readonly step: string;
  readonly at: Instant;
  readonly afterMs: number;
};

/** Everybody's answers in a run, oldest first: approvals from when they were known to be shown, everything else from when it was asked. */
export function answersIn(events: readonly IncidentEvent[]): readonly Answered[] {
  return events.flatMap((event, index) => {
    const said = saidBy(event);
    if (!said) return [];
    const asked = events.slice(0, index).findLast((earlier) => isAsking(earlier, event));
    return asked ? [{ ...said, at: event.at, afterMs: Math.max(0, event.at - asked.at), step: stepOf(asked) }] : [];
  });
}

function stepOf(asked: IncidentEvent): string {
  return 'step' in asked ? asked.step : '';
}

function saidBy(event: IncidentEvent): Pick<Answered, 'who' | 'did'> | null {
  switch (event.type) {
    case 'approval-given':
      return { who: event.by, did: 'approved' };
    case 'approval-denied':
      return { who: event.by, did: 'denied' };
    case 'question-answered':
      return { who: event.by, did: `answered ${event.answer}` };
    case 'step-settled':
      return event.by.kind === 'person' ? { who: event.by, did: SETTLED[event.as] } : null;
    case 'run-continued':
      return { who: event.by, did: `chose ${event.choice}` };
    default:
      return null;
  }
}

const SETTLED = { happened: 'said that it happened', 'run-again': 'said that it did not happen', stop: 'stopped here' } as const;

/** What an answer answers: the approval as it was shown, or else asked. */
function isAsking(asked: IncidentEvent, answer: IncidentEvent): boolean {
  switch (answer.type) {
    case 'approval-given':
    case 'approval-denied':
      return (asked.type === 'approval-shown' || asked.type === 'approval-requested') && asked.token === answer.token;
    case 'question-answered':
      return asked.type === 'question-asked' && asked.token === answer.token;
    case 'step-settled':
      return asked.type === 'step-unknown' && asked.run === answer.run && asked.step === answer.step;
    case 'run-continued':
      return asked.type === 'run-held' && asked.run === answer.run;
    default:
      return false;
  }
}
