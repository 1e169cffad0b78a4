import type { RoleId, StepId, StreamId } from '../brand.ts';
import { sha256 } from '../digest.ts';
import type { IncidentFact } from '../incident/event.ts';
import type { Severity } from '../incident/record-event.ts';
import { stillWanted } from '../incident/quorum.ts';
import { runOf, stepOf } from '../incident/state.ts';
import type { IncidentState, Run, RunStep } from '../incident/state.ts';
import type { Change } from '../kinds.ts';
import { sayList } from '../procedure/nearest.ts';
import type { PageCommand } from './command.ts';
import type { NotedPage } from './note.ts';
import { textFor } from './told-text.ts';
import { streamOf } from './state.ts';
import type { PageAbout, PageOrder } from './state.ts';

type There = Exclude<IncidentState, { status: 'none' }>;
type Order = Omit<PageOrder, 'by' | 'drill'>;

/** What happens to a run pages people, and what is over no longer does. */
export function pagesAfterIncident(state: IncidentState, facts: readonly IncidentFact[]): readonly Change<'page'>[] {
  if (state.status === 'none') return [];
  const opened = facts.flatMap((fact) => ordersFor(state, fact)).map((order) => opening(state, order));
  return [...opened, ...endings(state), ...facts.flatMap((fact) => passings(state, fact))];
}

/** Names a page by what it is about, so that the same reason is the same page however often it is seen. */
export function pageFor(...about: readonly string[]): string {
  return sha256(about.join('|')).slice(0, 10);
}

function opening({ drill }: There, order: Order): Change<'page'> {
  const command: PageCommand = { kind: 'open-page', ...order, by: { kind: 'rollbot' }, drill };
  return { stream: streamOf(order.page), commands: [command] };
}

function ordersFor(state: There, fact: IncidentFact): readonly Order[] {
  if (fact.type === 'severity-set') return bySeverity(state, fact.severity);
  const run = 'run' in fact ? runOf(state, fact.run) : undefined;
  if (run && fact.type === 'approval-overridden') return [overridden(state, run, fact)];
  if (!run?.pages || !(run.target.protected || state.drill)) return [];
  switch (fact.type) {
    case 'run-started':
      return run.pages.told.map((role) => told(state, run, role));
    case 'approval-requested': {
      const step = stepOf(run, fact.step);
      return step ? approvals(state, run, step) : [];
    }
    case 'step-unknown': {
      const step = stepOf(run, fact.step);
      return step?.plan.effect === 'destructive' && step.state.status === 'unknown' ? [unknown(state, run, step, fact.token)] : [];
    }
    default:
      return [];
  }
}

/** Who has heard already that it is bad hears no more of it here when it gets better or worse: the updates say that. */
function bySeverity(state: There, { id, title, told: who = [] }: Severity): readonly Order[] {
  const heard = new Set(state.pages.filter(({ why }) => why === 'severity').flatMap(({ to }) => to.roles));
  return who
    .filter(({ role }) => !heard.has(role))
    .map(({ role, text }) => ({
      page: pageFor('severity', state.incident, id, role),
      to: { roles: [role], contacts: [] },
      why: 'severity',
      summary: `${title}: ${state.title}`,
      details: textFor(text, state),
      severity: 'critical',
      about: { incident: `incident/${state.incident}` as StreamId, run: null, step: null, attempt: null },
      delayMs: 0,
    }));
}

function told(state: There, run: Run, role: RoleId): Order {
  const text = run.pages?.texts?.[role] ?? 'engineering';
  const by = run.startedBy.kind === 'person' ? `${run.startedBy.name} has started it` : 'It has started by itself';
  return {
    page: pageFor('run', run.id, role),
    to: { roles: [role], contacts: [] },
    why: 'run-started',
    summary: `${run.procedure.title} on ${run.target.name} has begun`,
    details: text === 'engineering' ? `${by}${run.reason ? `: ${run.reason}` : '.'} (run ${run.id})` : textFor(text, state),
    severity: 'error',
    about: aboutOf(state, run),
    delayMs: 0,
  };
}

/** One page where one of them is enough, and one for each role where each has to come. */
function approvals(state: There, run: Run, step: RunStep): readonly Order[] {
  if (step.state.status !== 'awaiting-approval') return [];
  const { by, need, token } = step.state.approval;
  const delayMs = run.startedBy.kind === 'rollbot' ? 0 : (run.pages?.approvalAfterMs ?? 0);
  return (need > 1 ? by.map((role) => [role]) : [by]).map((roles) => ({
    page: pageFor('approval', token, ...roles),
    to: { roles, contacts: [] },
    why: 'approval',
    summary: `An approval is waited for: ${step.plan.title} (${run.procedure.title} on ${run.target.name})`,
    details: `Nothing goes on before somebody has approved or denied it in Slack. (run ${run.id})`,
    severity: 'error',
    about: aboutOf(state, run, step),
    delayMs,
  }));
}

/** On whatever target: somebody else has to know at once that one person alone has decided. */
function overridden(state: There, run: Run, fact: Extract<IncidentFact, { type: 'approval-overridden' }>): Order {
  const step = stepOf(run, fact.step);
  return {
    page: pageFor('override', fact.token),
    to: { roles: [fact.tells], contacts: [] },
    why: 'override',
    summary: `OVERRIDE by ${fact.by.name}: ${step?.plan.title ?? fact.step} (${run.procedure.title} on ${run.target.name})`,
    details: `It goes on without the approval of ${step?.plan.approve?.by.join(' or ') ?? 'anybody'}: ${fact.reason}. Look at it now. (run ${run.id})`,
    severity: 'critical',
    about: aboutOf(state, run, step),
    delayMs: 0,
    notBy: fact.by.id,
  };
}

function unknown(state: There, run: Run, step: RunStep, token: string): Order {
  return {
    page: pageFor('unknown', token),
    to: { roles: run.deciders, contacts: [] },
    why: 'unknown-step',
    summary: `Nobody knows whether it happened: ${step.plan.title} (${run.procedure.title} on ${run.target.name})`,
    details: `Look at ${run.target.name}, then say in Slack what happened. (run ${run.id})`,
    severity: 'critical',
    about: aboutOf(state, run, step),
    delayMs: 0,
  };
}

function aboutOf(state: There, run: Run, step?: RunStep): PageAbout {
  const incident: StreamId = `incident/${state.incident}` as StreamId;
  return { incident, run: run.id, step: step?.plan.id ?? null, attempt: step?.attempt ?? null };
}

function endings(state: There): readonly Change<'page'>[] {
  return state.pages.flatMap((page) => {
    const says = page.closedAt === null ? whyOver(state, page) : null;
    if (says === null) return [];
    return [{ stream: streamOf(page.page), commands: [{ kind: 'close-page', how: 'reason-gone', says, by: { kind: 'rollbot' } }] }];
  });
}

/** Whoever has given their approval, and has the page of one that is still waited for, need not do anything more about it. */
function passings(state: There, fact: IncidentFact): readonly Change<'page'>[] {
  if (fact.type !== 'approval-given') return [];
  const run = runOf(state, fact.run);
  return state.pages
    .filter((page) => page.why === 'approval' && page.about.run === fact.run && page.closedAt === null && run && isWaitedFor(run, page))
    .map(({ page }) => ({ stream: streamOf(page), commands: [{ kind: 'pass-on', person: fact.by.id }] }));
}

/** Why nobody has to come any more; null while somebody has to. */
function whyOver(state: There, page: NotedPage): string | null {
  // A run may be over in seconds, and its incident closed by whoever was alone: somebody else has to hear of it all the same.
  if (page.why === 'override' && page.acknowledged === null) return null;
  if (state.status === 'closed') return 'The incident is closed.';
  const run = page.about.run === null ? undefined : runOf(state, page.about.run);
  const ended = run?.progress.status === 'finished' ? `The run is over: ${run.progress.outcome}.` : null;
  switch (page.why) {
    case 'asked':
    case 'severity':
      return null;
    case 'run-started':
    case 'trigger':
    case 'override':
      return ended;
    case 'approval':
      return ended ?? (run ? whyDecided(run, page) : 'It is decided.');
    case 'unknown-step':
      return ended ?? (run && isUnknown(run, page) ? null : 'Somebody has said what happened.');
    default:
      return page.why satisfies never;
  }
}

function isWaitedFor(run: Run, page: NotedPage): boolean {
  return whyDecided(run, page) === null;
}

/** Where several have to approve, the page of a role is over when that role has done its part, and the others go on. */
function whyDecided(run: Run, { page, to, about }: NotedPage): string | null {
  const state = stepOf(run, about.step ?? ('' as StepId))?.state;
  if (state?.status !== 'awaiting-approval' || pageFor('approval', state.approval.token, ...to.roles) !== page) return 'It is decided.';
  const { approval } = state;
  const wanted = stillWanted(approval);
  if (to.roles.some((role) => wanted.includes(role))) return null;
  const names = approval.given.map(({ by }) => by.name);
  return `${sayList(names, 'and')} ${names.length === 1 ? 'has' : 'have'} approved, and ${sayList(wanted)} is waited for.`;
}

function isUnknown(run: Run, { page, about }: NotedPage): boolean {
  const state = stepOf(run, about.step ?? ('' as StepId))?.state;
  return state?.status === 'unknown' && !state.givenUp && pageFor('unknown', state.token) === page;
}
