import { shortDigest } from '../digest.ts';
import { sayDuration } from '../duration.ts';
import type { IncidentEvent } from '../incident/event.ts';
import { nameOf } from '../incident/name-of.ts';
import type { Run, RunStep } from '../incident/state.ts';
import { linesOfAction } from '../procedure/action-lines.ts';
import { fenced, md, table } from './markdown.ts';

type Intended = Extract<IncidentEvent, { type: 'step-intended' }>;

/** What a run did, step by step, with what exactly ran. */
export function runSection(run: Run, events: readonly IncidentEvent[]): string {
  const intents = events.filter((event) => event.type === 'step-intended' && event.run === run.id) as readonly Intended[];
  const steps = run.steps.filter(({ plan }) => plan.phase === 'step' || plan.phase === 'undo');
  return steps
    .map((step) =>
      stepSection(
        step,
        intents.filter((intent) => intent.step === step.plan.id),
      ),
    )
    .join('\n\n');
}

function stepSection(step: RunStep, intents: readonly Intended[]): string {
  const { plan } = step;
  const facts = [
    `- ${sayStep(step)}`,
    `- Effect: ${plan.effect}${plan.because ? `, because ${md(plan.because)}` : ''}`,
    ...(plan.undo?.kind === 'none' ? [`- No undo: ${md(plan.undo.because)}`] : []),
    ...approvalsOf(step),
    ...step.trail.map((each) => `- Attempt ${each.attempt}: ${md(each.says)}`),
    ...intents.slice(-1).map((intent) => `- Digest: \`${intent.digest}\``),
  ];
  const ran = intents.slice(-1).map((intent) => `\n${fenced(linesOfAction(intent.action))}`);
  return [`#### ${md(plan.title)}`, '', ...facts, ...ran].join('\n');
}

function approvalsOf({ state }: RunStep): readonly string[] {
  const approval = state.status === 'finished' ? state.result.approval : state.status === 'unknown' ? state.intent.approval : null;
  if (!approval) return [];
  const { override } = approval;
  if (override) {
    const said = `${md(nameOf(override.by))} (${override.roles.map(md).join(', ')}) went on without the approval of ${approval.by.map(md).join(' or ')}`;
    return [`- 🔴 **OVERRIDE: ${said}: ${md(override.reason)}**, digest \`${shortDigest(approval.digest)}\`; told: ${md(override.tells)}`];
  }
  const people = approval.given.map(({ by, roles }) => `${md(nameOf(by))} (${roles.map(md).join(', ')})`);
  return [`- Approved by ${people.join(' and ')}, digest \`${shortDigest(approval.digest)}\``];
}

/** The checks of a phase with what they found and who answered. */
export function checksTable(run: Run, phase: 'preflight' | 'verify'): string {
  const rows = run.steps
    .filter(({ plan }) => plan.phase === phase)
    .map((step) => [md(step.plan.title), `${tick(step)} ${md(sayStep(step))}`, answeredBy(step)]);
  return rows.length === 0 ? 'None.' : table(['check', 'result', 'by'], rows);
}

/** Where a step stands at the end, in a sentence. */
function sayStep({ state, plan }: RunStep): string {
  switch (state.status) {
    case 'finished': {
      const took = plan.ask === undefined ? ` (${sayDuration(state.result.durationMs)})` : '';
      return `${SAID[state.result.outcome]}: ${state.result.says}${took}`;
    }
    case 'skipped':
      return `Left out: ${state.reason}`;
    case 'refused':
      return `${state.how === 'denied' ? 'Denied' : 'Expired'}: ${state.reason}`;
    case 'unknown':
      return `Unknown: nobody knows whether it happened (${state.reason})`;
    case 'asking':
      return 'Not answered';
    case 'intended':
      return 'Still running';
    case 'awaiting-approval':
    case 'approved':
    case 'pending':
      return 'Not run';
    default:
      return state satisfies never;
  }
}

const SAID = { ok: 'Done', 'already-done': 'Nothing to do', failed: 'Failed' } as const;

function tick({ state }: RunStep): string {
  if (state.status !== 'finished') return '⬜';
  return state.result.outcome === 'failed' ? '❌' : '✅';
}

function answeredBy({ state }: RunStep): string {
  if (state.status !== 'finished') return '';
  return md(nameOf(state.result.by));
}
