import type { Instant, StepId } from '../brand.ts';
import { sayDuration } from '../duration.ts';
import type { IncidentFact, Person } from '../incident/event.ts';
import type { Approval, IncidentCore, Run, RunStep } from '../incident/state.ts';

export type TroubleFact = Extract<IncidentFact, { type: 'drill-trouble' }>;

type Place = { readonly run: Run; readonly step: RunStep };

/**
 * The step of a drill that is to fail does so at its first attempt, in the place of its intent: it counts as failed before it
 * could do anything. Once in an incident, so that a second run goes through. Empty where nothing is to fail now.
 */
export function failingStep(incident: IncidentCore, { run, step }: Place): readonly IncidentFact[] {
  const wanted = incident.practice?.trouble.failingStep;
  const isIt = wanted === step.plan.id && step.attempt === 1 && !incident.troubles.some(({ trouble }) => trouble.kind === 'failing-step');
  if (!isIt) return [];
  const at = { run: run.id, step: step.plan.id };
  return [
    { type: 'drill-trouble', ...at, trouble: { kind: 'failing-step' } },
    {
      type: 'step-finished',
      ...at,
      attempt: step.attempt,
      executor: 'rules',
      outcome: 'failed',
      says: SAYS_FAILED,
      outputs: {},
      durationMs: 0,
    },
  ];
}

const SAYS_FAILED = 'this is the trouble of the drill: it counts as failed, and nothing was done';

/** The first one who approves in a drill with a silent approver is that one; empty where there is none, or there was one already. */
export function silencing(incident: IncidentCore, { run, step }: Place, who: Person): readonly TroubleFact[] {
  const ms = incident.practice?.trouble.silentApproverMs;
  if (ms === undefined || incident.troubles.some(({ trouble }) => trouble.kind === 'silent-approver')) return [];
  return [{ type: 'drill-trouble', run: run.id, step: step.plan.id, trouble: { kind: 'silent-approver', who, ms } }];
}

/** Until when somebody has to stay silent about this approval; null where they need not, as in the next one of the same step. */
export function silentUntil(
  { troubles }: IncidentCore,
  { requestedAt }: Approval,
  step: StepId,
  who: Person,
  now: Instant,
): Instant | null {
  const silent = troubles.find(({ trouble }) => trouble.kind === 'silent-approver');
  if (silent?.trouble.kind !== 'silent-approver' || silent.trouble.who.id !== who.id) return null;
  if (silent.step !== step || requestedAt > silent.at) return null;
  const until = (silent.at + silent.trouble.ms) as Instant;
  return now < until ? until : null;
}

/** What whoever has just pressed the button has to be told; null where that is nothing. */
export function sayTrouble({ trouble }: TroubleFact): string | null {
  if (trouble.kind !== 'silent-approver') return null;
  return `${SAYS_SILENT} It ends in ${sayDuration(trouble.ms)}.`;
}

const SAYS_SILENT =
  'You are the silent approver of this drill: your click does not count. Say nothing and press nothing, and let the others find out what to do.';
