import type { Instant } from '../brand.ts';
import type { IncidentEvent, Trouble } from '../incident/event.ts';
import type { IncidentCore } from '../incident/state.ts';

/** Trouble that was set up, when it came, and how people met it; null where it did not come to it. */
export type TroubleMet = {
  readonly kind: Trouble['kind'];
  /** The title of the step that it was about; null where it never came to one. */
  readonly title: string | null;
  /** Who had to stay silent. */
  readonly who: string | null;
  readonly at: Instant | null;
  readonly met: { readonly says: string; readonly afterMs: number } | null;
};

/** All trouble of a drill, in a fixed order, whether it came to it or not. */
export function troublesOf(incident: IncidentCore, events: readonly IncidentEvent[]): readonly TroubleMet[] {
  const { failingStep, silentApproverMs } = incident.practice?.trouble ?? {};
  const wanted: readonly Trouble['kind'][] = [
    ...(silentApproverMs === undefined ? [] : ['silent-approver' as const]),
    ...(failingStep === undefined ? [] : ['failing-step' as const]),
  ];
  return wanted.map((kind) => {
    const came = incident.troubles.find(({ trouble }) => trouble.kind === kind);
    if (!came) return { kind, title: null, who: null, at: null, met: null };
    const step = incident.runs.find(({ id }) => id === came.run)?.steps.find(({ plan }) => plan.id === came.step);
    const who = came.trouble.kind === 'silent-approver' ? came.trouble.who.name : null;
    return { kind, title: step?.plan.title ?? came.step, who, at: came.at, met: metBy(came, events) };
  });
}

/** The next thing that somebody did about it. */
function metBy(came: IncidentCore['troubles'][number], events: readonly IncidentEvent[]): TroubleMet['met'] {
  const later = events.filter((event) => event.at >= came.at && 'run' in event && event.run === came.run);
  for (const event of later) {
    const says = came.trouble.kind === 'failing-step' ? decision(event) : approval(event, came.step);
    if (says !== null) return { says, afterMs: event.at - came.at };
  }
  return null;
}

function decision(event: IncidentEvent): string | null {
  if (event.type === 'run-continued') return `${event.by.name} chose ${event.choice}`;
  return event.type === 'run-stop-requested' ? `${event.by.name} stopped the run` : null;
}

function approval(event: IncidentEvent, step: string): string | null {
  if (!('step' in event) || event.step !== step) return null;
  if (event.type === 'approval-given') return `${event.by.name} approved`;
  if (event.type === 'approval-denied') return `${event.by.name} denied`;
  return event.type === 'approval-expired' ? 'nobody else came, and the approval expired' : null;
}
