import type { Instant, RoleId, RunId, StepId, TokenId } from '../core/brand.ts';
import type { VoidReason } from '../core/incident/approval-event.ts';
import type { Actor, IncidentEvent, UnknownReason } from '../core/incident/event.ts';
import { isQuorum } from '../core/incident/quorum.ts';
import type { Approval, HeldWhy } from '../core/incident/state.ts';

/** What became of something that people were asked: by whom, and in words that stand after the name. */
export type Decided = { readonly by: Actor; readonly did: string; readonly why: string | null; readonly at: Instant };

type Common = {
  readonly token: TokenId;
  readonly run: RunId;
  readonly step: StepId;
  readonly at: Instant;
  readonly decided: Decided | null;
};
export type ApprovalAsk = Common & { readonly kind: 'approval'; readonly approval: Approval };
export type QuestionAsk = Common & { readonly kind: 'question'; readonly role: RoleId; readonly question: string };
export type UnknownAsk = Common & {
  readonly kind: 'unknown';
  readonly reason: UnknownReason;
  readonly alive: boolean;
  readonly killRequested: boolean;
  /** Its own check could not tell. */
  readonly checked: boolean;
};
export type HeldAsk = Common & { readonly kind: 'held'; readonly why: HeldWhy };
/** Something with buttons. The state forgets it when it is over; its message has to say for ever what was decided. */
export type Ask = ApprovalAsk | QuestionAsk | UnknownAsk | HeldAsk;

/** Everything that people were ever asked in an incident, oldest first, with what became of it. */
export function asksOf(events: readonly IncidentEvent[]): readonly Ask[] {
  return events.reduce(next, []);
}

const ROLLBOT: Actor = { kind: 'rollbot' };

function next(asks: readonly Ask[], event: IncidentEvent): readonly Ask[] {
  const asked = newAsk(event);
  if (asked) return [...asks, asked];
  if (!('run' in event)) return asks;
  // An approval can be taken back after it was given.
  const touches = (ask: Ask): boolean => ask.run === event.run && (ask.decided === null || event.type === 'approval-voided');
  return asks.map((ask) => (touches(ask) ? after(ask, event) : ask));
}

function newAsk(event: IncidentEvent): Ask | null {
  if (!('token' in event)) return null;
  const { token, at } = event;
  switch (event.type) {
    case 'approval-requested': {
      const { run, step, attempt, digest, action, by, need, differentRoles, withinMs } = event;
      const quorum = { by, need, ...(differentRoles && { differentRoles }), withinMs };
      const approval = { token, attempt, digest, action, ...quorum, requestedAt: at, shownAt: null, given: [] };
      return { kind: 'approval', token, run, step, at, decided: null, approval };
    }
    case 'question-asked':
      return {
        kind: 'question',
        token,
        run: event.run,
        step: event.step,
        at,
        decided: null,
        role: event.role,
        question: event.question,
      };
    case 'step-unknown': {
      const { run, step, reason, alive } = event;
      return { kind: 'unknown', token, run, step, at, decided: null, reason, alive, killRequested: false, checked: false };
    }
    case 'run-held':
      return { kind: 'held', token, run: event.run, step: event.step, at, decided: null, why: event.why };
    default:
      return null;
  }
}

type RunEvent = Extract<IncidentEvent, { run: unknown }>;

function after(ask: Ask, event: RunEvent): Ask {
  if (event.type === 'run-finished')
    return { ...ask, decided: { by: ROLLBOT, did: 'no longer asks: the run is over', why: null, at: event.at } };
  if (event.type === 'run-stop-requested' && ask.kind !== 'unknown') {
    return { ...ask, decided: { by: event.by, did: 'stopped the run', why: event.reason, at: event.at } };
  }
  if (event.type === 'run-made-way' && ask.kind !== 'unknown') {
    const why = `${event.wanted.procedure} on ${event.wanted.target} is in earnest`;
    return { ...ask, decided: { by: event.by, did: 'stopped the drill', why, at: event.at } };
  }
  switch (ask.kind) {
    case 'approval':
      return afterApproval(ask, event);
    case 'question':
      if (event.type !== 'question-answered' || event.token !== ask.token) return ask;
      return { ...ask, decided: { by: event.by, did: `answered ${event.answer}`, why: event.note, at: event.at } };
    case 'unknown':
      return afterUnknown(ask, event);
    case 'held':
      if (event.type !== 'run-continued') return ask;
      return { ...ask, decided: { by: event.by, did: CHOSE[event.choice], why: null, at: event.at } };
    default:
      return ask satisfies never;
  }
}

const CHOSE = { retry: 'chose to retry', undo: 'chose to undo', stop: 'chose to stop' } as const;
const SETTLED = {
  happened: 'says that it happened',
  'run-again': 'says that it did not happen, so it runs again',
  stop: 'stopped here, without knowing whether it happened',
} as const;
const VOID: Readonly<Record<VoidReason, string>> = {
  'digest-changed': 'took the approval back: what would run is no longer what was approved',
  'approver-lost-role': 'took the approval back: somebody who approved may no longer do so',
  'override-expired': 'took the override back: it expired before the step could begin',
  'ended-before-effect': 'took the approval back: it ended before the step could begin',
};

function afterApproval(ask: ApprovalAsk, event: RunEvent): ApprovalAsk {
  if (!('token' in event) || event.token !== ask.token) return ask;
  const { approval } = ask;
  const { at } = event;
  switch (event.type) {
    case 'approval-shown':
      return { ...ask, approval: { ...approval, shownAt: approval.shownAt ?? at } };
    case 'approval-given': {
      const given = [...approval.given, { by: event.by, roles: event.roles, at }];
      const decided = !isQuorum(
        approval,
        given.map((each) => each.roles),
      )
        ? null
        : { by: event.by, did: 'approved', why: null, at };
      return { ...ask, approval: { ...approval, given }, decided };
    }
    case 'approval-overridden': {
      const { by, roles, reason, tells, holdsMs } = event;
      const decided = { by, did: 'OVERRIDE: went on without an approval', why: reason, at };
      return { ...ask, approval: { ...approval, override: { by, roles, reason, tells, at, holdsMs } }, decided };
    }
    case 'approval-denied':
      return { ...ask, decided: { by: event.by, did: 'denied', why: event.reason, at } };
    case 'approval-expired':
      return { ...ask, decided: { by: ROLLBOT, did: 'ended it: nobody decided in time', why: null, at } };
    case 'approval-voided':
      return { ...ask, decided: { by: ROLLBOT, did: VOID[event.reason], why: null, at } };
    default:
      return ask;
  }
}

function afterUnknown(ask: UnknownAsk, event: RunEvent): UnknownAsk {
  if (!('step' in event) || event.step !== ask.step) return ask;
  switch (event.type) {
    case 'step-settled':
      return {
        ...ask,
        decided: { by: event.by, did: event.by.kind === 'person' ? SETTLED[event.as] : event.says, why: null, at: event.at },
      };
    case 'orphan-ended':
      return { ...ask, alive: false };
    case 'orphan-kill-requested':
      return { ...ask, killRequested: true };
    case 'step-checked':
      return { ...ask, checked: true };
    default:
      return ask;
  }
}
