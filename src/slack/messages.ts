import type { Instant, RoleId, TokenId } from '../core/brand.ts';
import type { Drawing } from '../core/chart.ts';
import { runChart } from '../core/incident/run-chart.ts';
import type { OutputKey } from '../core/ports.ts';
import { runOf, stepOf } from '../core/incident/state.ts';
import type { Run, RunStep } from '../core/incident/state.ts';
import type { Settings } from '../core/settings.ts';
import type { MetricsOf } from '../core/reading/port.ts';
import { drillMessages, madeWayMessages } from './drills/messages.ts';
import { announcementMessages } from './announcements.ts';
import type { ApprovalAsk, Ask } from './asks.ts';
import type { Priority } from './budget.ts';
import { approvalCard, WHOLE_ACTION_MAX } from './cards/approval-card.ts';
import { sayAction } from './cards/action-text.ts';
import type { Card } from './cards/blocks.ts';
import { overrideCard } from './cards/override-card.ts';
import { heldCard } from './cards/held-card.ts';
import { closingCard, incidentCard, pointerCard } from './cards/incident-card.ts';
import type { Incident } from './cards/incident-card.ts';
import { fileNameOf } from './cards/output-card.ts';
import { checklistCard, questionCall, questionCard } from './cards/question-card.ts';
import { runCard } from './cards/run-card.ts';
import { lengthOf } from './cards/text.ts';
import { needsPerson, unknownCard } from './cards/unknown-card.ts';
import { recordMessages } from './record-messages.ts';

/** Where a message stands: in the incident's channel, in the thread of another of its messages, or in a channel of its own. */
export type Place =
  | { readonly kind: 'incident' }
  | { readonly kind: 'thread'; readonly of: string }
  | { readonly kind: 'channel'; readonly id: string };

export type Content =
  | { readonly kind: 'card'; readonly card: Card }
  /** What a step said; read from the store when it is posted. */
  | { readonly kind: 'output'; readonly at: OutputKey; readonly step: RunStep }
  /** Drawn when it is posted, and never again. */
  | { readonly kind: 'picture'; readonly name: string; readonly title: string; readonly drawing: Drawing }
  | { readonly kind: 'file'; readonly name: string; readonly title: string; readonly text: string };

/** One message that the state wants to be there, and what it has to say. */
export type Desired = {
  readonly key: string;
  readonly place: Place;
  readonly priority: Priority;
  readonly content: Content;
  readonly pin?: boolean;
  /** A file that is put at the top of the channel under this title. */
  readonly bookmark?: string;
  /** It is not worth posting any more; where it stands already, it is brought up to date. */
  readonly onlyEdit?: boolean;
  /** The approval whose clock starts when this message is seen. */
  readonly shows?: TokenId;
};

export type MessageView = {
  readonly incident: Incident;
  readonly asks: readonly Ask[];
  readonly settings: Settings;
  readonly now: Instant;
  /** The roles that a procedure wants told of a run on a protected target. */
  readonly toldOf: (run: Run) => readonly RoleId[];
  readonly metricsOf?: MetricsOf;
};

const INCIDENT: Place = { kind: 'incident' };

/**
 * Every message that the state wants, in the order in which they are sent: what people have to decide comes first, and everything
 * else as it happened, so that a channel that was away for long tells it in its order.
 */
export function desiredMessages(view: MessageView): readonly Desired[] {
  const { incident, asks } = view;
  const open = asks.filter(({ decided }) => decided === null);
  const over = asks.filter(({ decided }) => decided !== null);
  return [
    { key: 'head', place: INCIDENT, priority: 'page', content: { kind: 'card', card: incidentCard(incident) } },
    ...open.flatMap((ask) => messagesOfAsk(ask, view)),
    ...pointers(view),
    ...asItHappened([
      ...incident.runs.map((run) => ({ at: run.startedAt, messages: [messageOfRun(run, view)] })),
      ...over.map((ask) => ({ at: ask.at, messages: messagesOfAsk(ask, view) })),
      ...announcementMessages(view),
      ...madeWayMessages(view),
      ...recordMessages(view),
      ...incident.runs.map((run) => ({ at: verifiedSince(run, view), messages: [...checklistOf(run, view), ...chartOf(run, view)] })),
    ]),
    ...drillMessages(view),
    ...(incident.status === 'closed' ? [cardMessage('closing', INCIDENT, 'page', closingCard(incident))] : []),
    ...incident.runs.flatMap(outputsOf),
  ];
}

/** Messages, and when what they say began. */
export type Happened = { readonly at: Instant; readonly messages: readonly Desired[] };

function asItHappened(all: readonly Happened[]): readonly Desired[] {
  return all.toSorted((one, other) => one.at - other.at).flatMap(({ messages }) => messages);
}

function verifiedSince(run: Run, { incident, asks }: MessageView): Instant {
  const asked = asks.filter((ask) => ask.run === run.id && ask.kind === 'question' && stepOf(run, ask.step)?.plan.phase === 'verify');
  const begun = run.steps.flatMap(({ plan, startedAt }) => (plan.phase === 'verify' && startedAt !== null ? [startedAt] : []));
  return Math.min(incident.lastAt, ...asked.map(({ at }) => at), ...begun) as Instant;
}

function messagesOfAsk(ask: Ask, { incident, settings }: MessageView): readonly Desired[] {
  const run = runOf(incident, ask.run);
  const step = run && stepOf(run, ask.step);
  if (!run || !step) return [];
  const { drill } = incident;
  const key = `${ask.kind}:${ask.token}`;
  const onlyEdit = ask.decided !== null;
  switch (ask.kind) {
    case 'approval': {
      const shows = ask.decided === null && ask.approval.shownAt === null ? { shows: ask.token } : {};
      const message = cardMessage(key, INCIDENT, 'approval', approvalCard({ ask, run, step, settings, drill }));
      return [{ ...message, ...shows }, ...wholeAction(ask, key), ...overrideMessages(ask, run, step, { settings, drill })];
    }
    case 'question':
      if (step.plan.phase === 'verify') return [];
      return [{ ...cardMessage(key, INCIDENT, 'approval', questionCard({ ask, run, step, settings, drill })), onlyEdit }];
    case 'unknown': {
      const early = !needsPerson(ask, step);
      return [{ ...cardMessage(key, INCIDENT, 'approval', unknownCard({ ask, run, step, settings, drill })), onlyEdit: onlyEdit || early }];
    }
    case 'held':
      return [{ ...cardMessage(key, INCIDENT, 'approval', heldCard({ ask, run, step, settings, drill })), onlyEdit }];
    default:
      return ask satisfies never;
  }
}

/** An edit of the approval calls nobody, so an override has a message of its own. */
function overrideMessages(
  ask: ApprovalAsk,
  run: Run,
  step: RunStep,
  { settings, drill }: { settings: Settings; drill: boolean },
): readonly Desired[] {
  const { override } = ask.approval;
  return override
    ? [cardMessage(`override:${ask.token}`, INCIDENT, 'page', overrideCard({ ask, override, run, step, settings, drill }))]
    : [];
}

/** An action that is too long for the card can be read whole in the thread below it. */
function wholeAction(ask: ApprovalAsk, approval: string): readonly Desired[] {
  const text = sayAction(ask.approval.action);
  if (lengthOf(text) <= WHOLE_ACTION_MAX) return [];
  const name = fileNameOf([ask.run, ask.step, ask.approval.attempt, ask.approval.digest.slice(0, 8)]);
  const content = { kind: 'file', name, title: `Exactly what would run: ${ask.step}`, text } as const;
  return [{ key: `action:${ask.token}`, place: { kind: 'thread', of: approval }, priority: 'approval', content }];
}

function messageOfRun(run: Run, view: MessageView): Desired {
  const { incident, settings, now, toldOf, metricsOf } = view;
  const { drill } = incident;
  const cardOfRun = cardMessage(
    `card:${run.id}`,
    INCIDENT,
    'progress',
    runCard({ run, now, settings, drill, told: toldOf(run), metrics: metricsOf?.(run) ?? [] }),
  );
  return { ...cardOfRun, pin: true };
}

/** How the key metrics went, below the card, once the run is over. */
function chartOf(run: Run, { incident }: MessageView): readonly Desired[] {
  const drawing = runChart(incident, run);
  if (!drawing) return [];
  const title = `Key metrics during run ${run.id}`;
  const content = { kind: 'picture', name: `run-${run.id}.png`, title, drawing } as const;
  return [{ key: `chart:${run.id}`, place: { kind: 'thread', of: `card:${run.id}` }, priority: 'output', content }];
}

/** The checklist once verification has begun, and below it a call for everybody who has to answer something. */
function checklistOf(run: Run, { incident, asks, settings }: MessageView): readonly Desired[] {
  const begun = run.steps.some(({ plan, state }) => plan.phase === 'verify' && state.status !== 'pending' && state.status !== 'skipped');
  if (!begun) return [];
  const key = `checklist:${run.id}`;
  const questions = asks
    .filter((ask) => ask.kind === 'question')
    .filter((ask) => ask.run === run.id && stepOf(run, ask.step)?.plan.phase === 'verify');
  const priority = questions.some(({ decided }) => decided === null) ? 'approval' : 'progress';
  const checklist = cardMessage(key, INCIDENT, priority, checklistCard({ run, asks: questions, drill: incident.drill }));
  const calls = questions.map((ask) => {
    const call = cardMessage(`call:${ask.token}`, { kind: 'thread', of: key }, 'page', questionCall(ask, settings));
    return { ...call, onlyEdit: ask.decided !== null };
  });
  return [checklist, ...calls];
}

function pointers({ incident, settings }: MessageView): readonly Desired[] {
  const places = [incident.home, settings.channels.announce ?? null];
  return [...new Set(places)]
    .filter((id) => id !== null && id !== incident.channel?.id)
    .map((id) => cardMessage(`pointer:${id}`, { kind: 'channel', id: id ?? '' }, 'page', pointerCard(incident)));
}

/** The output of every attempt that is over; an output that was never kept is no message. */
function outputsOf(run: Run): readonly Desired[] {
  return run.steps.flatMap((step) => {
    const over = step.state.status === 'finished' ? [step.attempt] : [];
    const attempts = [...new Set([...step.trail.map(({ attempt }) => attempt), ...over])];
    return attempts.map((attempt): Desired => {
      const at = { run: run.id, step: step.plan.id, attempt };
      const key = `output:${run.id}:${step.plan.id}:${attempt}`;
      return { key, place: { kind: 'thread', of: `card:${run.id}` }, priority: 'output', content: { kind: 'output', at, step } };
    });
  });
}

function cardMessage(key: string, place: Place, priority: Priority, card: Card): Desired {
  return { key, place, priority, content: { kind: 'card', card } };
}
