import type { Instant, RoleId } from '../brand.ts';
import { sharedRoles } from '../incident/find.ts';
import type { PageCommand } from './command.ts';
import { stagePlan } from './chain.ts';
import { due } from './due.ts';
import type { PageFact } from './event.ts';
import { refuse } from './refusal.ts';
import type { PageRefusal } from './refusal.ts';
import { deliveryOf } from './state.ts';
import type { Answerer, Page, PageOrder, PageState } from './state.ts';

export type Decision = readonly PageFact[] | PageRefusal;
type Of<Kind extends PageCommand['kind']> = Extract<PageCommand, { kind: Kind }>;
type There = Exclude<PageState, { status: 'none' }>;

/** After how long a delivery that failed is sent again, one after the other; then it is given up. */
const AGAIN_MS = [5000, 15_000, 30_000, 60_000];
/** What may have arrived is sent once more at once, and so often at most. */
const MOST_UNKNOWN = 3;

const FOLLOWING: ReadonlySet<PageCommand['kind']> = new Set(['close-page', 'link-page', 'pass-on']);

/** The rules of pages. Asked for everything, because two processes may both see that a stage is over. */
export function decide(state: PageState, command: PageCommand, clock: Instant): Decision {
  if (command.kind === 'open-page') {
    const { kind: _, ...order } = command;
    return state.status === 'none' ? [{ type: 'page-opened', ...order }] : renew(state, order);
  }
  // What follows from something else may be told to a page that never was.
  if (state.status === 'none') return FOLLOWING.has(command.kind) ? [] : refuse('no-such-page');
  // A clock that goes back must not begin anything a second time.
  const now = Math.max(clock, state.lastAt) as Instant;
  switch (command.kind) {
    case 'link-page':
      if (state.status === 'closed' || state.about.incident !== null) return [];
      return [{ type: 'page-linked', incident: command.incident, run: command.run }];
    case 'pin-chain':
      if (state.status !== 'open') return refuse('page-over');
      return state.chain === null ? [{ type: 'chain-pinned', chain: command.chain, token: command.token }] : [];
    case 'begin-stage':
      return beginStage(state, command, now);
    case 'intend-delivery':
      return intend(state, command, now);
    case 'note-delivery':
      return note(state, command);
    case 'fall-silent':
      return due(state, now).some((effect) => effect.do === 'fall-silent') ? [{ type: 'page-silent' }] : refuse('not-due');
    case 'note-settled': {
      const { stage, contact, medium, as, delivery } = command;
      const done = delivery.status === 'sent' || delivery.status === 'delivered' || (delivery.status === 'failed' && delivery.final);
      return [{ type: 'delivery-settled', stage, contact, medium, as, done, says: delivery.says }];
    }
    case 'acknowledge':
      return acknowledge(state, command);
    case 'lapse-answer':
      return due(state, now).some((effect) => effect.do === 'lapse-answer') ? [{ type: 'answer-lapsed' }] : refuse('not-due');
    case 'pass-on':
      return state.acknowledged?.by.person === command.person && state.status === 'acknowledged'
        ? [{ type: 'answer-lapsed', done: true }]
        : [];
    case 'escalate':
      return escalate(state, command);
    case 'end-page':
      if (isAbout(state, command.by)) return refuse('about-you');
      if (!mayAnswer(state, answererOf(command.by), command.roles, command.commanders)) return refuse('not-called');
      if (state.status === 'closed') return refuse('page-over', state.closed.says);
      return [{ type: 'page-closed', how: 'by-person', says: `${command.by.name} says that it is done.`, by: command.by }];
    case 'close-page':
      return state.status === 'closed' ? [] : [{ type: 'page-closed', how: command.how, says: command.says, by: command.by }];
    default:
      return command satisfies never;
  }
}

/**
 * Whoever has it, or has ended it, has done so about what was known then: where more is wanted, they are called again. While
 * people are being called, that goes on.
 */
function renew(state: There, { summary, details, severity, rank = 0 }: PageOrder): Decision {
  const isOver = state.status === 'closed' && (state.closed.how === 'reason-gone' || state.closed.how === 'had-by-others');
  if (isOver || rank <= (state.rank ?? 0)) return [];
  return [{ type: 'page-renewed', summary, details, severity, rank, calls: state.status !== 'open' || state.silentAt !== null }];
}

function beginStage(state: There, { stage, people, says }: Of<'begin-stage'>, now: Instant): Decision {
  const owed = due(state, now).some((effect) => effect.do === 'begin-stage' && effect.stage === stage);
  const { chain, renewed } = state;
  if (!owed || chain === null) return refuse('not-due');
  const plan = stagePlan({ chain, renewed }, stage);
  const { round, waitMs } = plan.kind === 'rung' ? { round: plan.round, waitMs: plan.rung.waitMs } : { round: 0, waitMs: plan.waitMs };
  return [{ type: 'stage-began', stage, kind: plan.kind, round, waitMs, people, says }];
}

/** Whoever wins the append of this sends it, and nobody else. */
function intend(state: There, { stage, contact, medium, attempt, executor }: Of<'intend-delivery'>, now: Instant): Decision {
  const owed = due(state, now).some(
    (effect) =>
      effect.do === 'deliver' &&
      effect.at.stage === stage &&
      effect.at.contact === contact &&
      effect.at.medium === medium &&
      effect.attempt === attempt,
  );
  return owed ? [{ type: 'delivery-intended', stage, contact, medium, attempt, executor }] : refuse('not-due');
}

function note(state: There, { stage, contact, medium, attempt, delivery }: Of<'note-delivery'>): Decision {
  const found = deliveryOf(state, { stage, contact, medium });
  if (!found || found.attempt !== attempt || found.state.status !== 'intended') return refuse('not-due');
  const { status, says } = delivery;
  const ref = 'ref' in delivery ? delivery.ref : null;
  return [{ type: 'delivery-noted', stage, contact, medium, attempt, status, says, ref, againMs: againMs(delivery, attempt) }];
}

function againMs(delivery: Of<'note-delivery'>['delivery'], attempt: number): number | null {
  if (delivery.status === 'unknown') return attempt < MOST_UNKNOWN ? 0 : null;
  if (delivery.status !== 'failed' || delivery.final) return null;
  const usual = AGAIN_MS[attempt - 1] ?? null;
  return usual === null ? null : Math.max(usual, delivery.afterMs ?? 0);
}

function acknowledge(state: There, { by, roles, commanders, how, holdsMs }: Of<'acknowledge'>): Decision {
  if (by.person !== null && isAbout(state, { id: by.person })) return refuse('about-you');
  if (!mayAnswer(state, by, roles, commanders)) return refuse('not-called');
  if (state.status === 'closed') return refuse('page-over', state.closed.says);
  if (state.acknowledged === null) return [{ type: 'page-acknowledged', by, how, ...(holdsMs !== null && { holdsMs }) }];
  const before = state.acknowledged.by;
  const same = (by.person !== null && by.person === before.person) || (by.contact !== null && by.contact === before.contact);
  return same ? [] : refuse('acknowledged-already', `${before.name} has it. Thank you all the same.`);
}

function escalate(state: There, { by, roles, commanders }: Of<'escalate'>): Decision {
  if (!mayAnswer(state, answererOf(by), roles, commanders)) return refuse('not-called');
  if (state.status === 'closed') return refuse('page-over', state.closed.says);
  if (state.acknowledged) return refuse('acknowledged-already', `${state.acknowledged.by.name} has it. Ask them.`);
  const { stage } = state;
  if (stage === null || stage.escalated !== null || state.silentAt !== null)
    return refuse('not-due', 'Everybody who can be called is called.');
  return [{ type: 'stage-escalated', stage: stage.number, by }];
}

/** Nobody looks after themselves. */
function isAbout({ notBy }: Page, { id }: Pick<Of<'escalate'>['by'], 'id'>): boolean {
  return notBy === id;
}

/** Who was called, who holds a role that it is for, and commanders. */
function mayAnswer(page: Page, { person, contact }: Answerer, roles: readonly RoleId[], commanders: readonly RoleId[]): boolean {
  const called = page.called.some((each) => (person !== null && each.person === person) || (contact !== null && each.contact === contact));
  return called || sharedRoles(roles, page.to.roles).length > 0 || sharedRoles(roles, commanders).length > 0;
}

function answererOf({ id, name }: Of<'escalate'>['by']): Answerer {
  return { name, person: id, contact: null };
}
