import type { Instant } from '../brand.ts';
import type { IncidentEvent } from '../incident/event.ts';
import { VOID_REASONS } from '../incident/evolve-step.ts';
import type { Run } from '../incident/state.ts';

/** Something that went wrong and was not meant to. */
export type Break = { readonly at: Instant; readonly title: string; readonly says: string };

/** What broke in a run by itself; what was made to fail is no break. */
export function breaksIn(run: Run, events: readonly IncidentEvent[]): readonly Break[] {
  return events.flatMap((event) => {
    const says = wrongIn(event);
    if (says === null || !('step' in event) || isMeant(event, events)) return [];
    const title = run.steps.find(({ plan }) => plan.id === event.step)?.plan.title ?? event.step;
    return [{ at: event.at, title, says }];
  });
}

/** A step that was made to fail did so at its first attempt, and before it acted. */
function isMeant(event: IncidentEvent, events: readonly IncidentEvent[]): boolean {
  if (event.type !== 'step-finished' || event.executor !== 'rules' || event.attempt !== 1) return false;
  return events.some((each) => each.type === 'drill-trouble' && each.trouble.kind === 'failing-step' && each.step === event.step);
}

function wrongIn(event: IncidentEvent): string | null {
  switch (event.type) {
    case 'step-finished':
      return event.outcome === 'failed' ? `failed: ${event.says}` : null;
    case 'step-unknown':
      return `nobody knew how it had ended (${event.reason})`;
    case 'approval-denied':
      return `${event.by.name} denied it: ${event.reason}`;
    case 'approval-expired':
      return 'nobody decided in time';
    case 'approval-voided':
      return VOID_REASONS[event.reason];
    case 'question-answered':
      return event.answer === 'no' ? `${event.by.name} answered no${event.note ? `: ${event.note}` : ''}` : null;
    default:
      return null;
  }
}
