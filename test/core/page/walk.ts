import type { Instant, PersonId, RoleId, TokenId } from '../../../src/core/brand.ts';
import type { Duty, Reachable } from '../../../src/core/contact/port.ts';
import type { Medium } from '../../../src/core/contact/schema.ts';
import { stagePlan } from '../../../src/core/page/chain.ts';
import type { PageTo, PinnedChain, PinnedRung } from '../../../src/core/page/chain.ts';
import type { PageCommand } from '../../../src/core/page/command.ts';
import { decide } from '../../../src/core/page/decide.ts';
import { due, nextDueAt } from '../../../src/core/page/due.ts';
import type { PageFact } from '../../../src/core/page/event.ts';
import { evolve, INITIAL } from '../../../src/core/page/evolve.ts';
import type { Delivery } from '../../../src/core/page/port.ts';
import { addresseesOf, calledInRound, whomToCall } from '../../../src/core/page/reach.ts';
import type { DeliveryKey, PageOrder, PageState } from '../../../src/core/page/state.ts';
import type { Timed } from '../../../src/core/stream-kind.ts';

export const BEGINS = Date.UTC(2026, 10, 24, 3, 0, 0) as Instant;
export const MINUTE = 60_000;
export const DBA = 'database-admin' as RoleId;
export const LEADS = 'lead-developer' as RoleId;

export const order: PageOrder = {
  page: 'p1',
  to: { roles: [DBA], contacts: [] },
  why: 'asked',
  summary: 'Restore needed',
  details: 'Asked by dana.',
  severity: 'error',
  by: { kind: 'person', id: 'U001DANA' as PersonId, name: 'dana' },
  about: { incident: null, run: null, step: null, attempt: null },
  drill: false,
  delayMs: 0,
};

export const rung = (minutes: number, to: PageTo | null = null, by: readonly Medium[] | null = null): PinnedRung => ({
  to,
  by,
  waitMs: minutes * MINUTE,
});

export const chain = (rungs: readonly PinnedRung[], rounds = 1): PinnedChain => ({
  rungs,
  rounds,
  everybody: { roles: [LEADS], contacts: [] },
  remindMs: 15 * MINUTE,
  remindForMs: 60 * MINUTE,
});

export const who = (contact: string, ...media: readonly Medium[]): Reachable => ({
  contact,
  name: contact,
  person: `U-${contact}` as PersonId,
  media,
  quiet: false,
  drills: false,
});

/** Who can be called in these tests: two for the database, and two leads. */
const ROLL: Readonly<Record<string, readonly Reachable[]>> = {
  [DBA]: [who('mina', 'slack', 'email'), who('omar', 'slack')],
  [LEADS]: [who('dana', 'slack'), who('lena', 'slack', 'pagerduty')],
};

export type Send = (at: DeliveryKey, attempt: number) => Delivery | 'crash';
export const ARRIVES: Send = () => ({ status: 'delivered', says: 'there', ref: null });

/** One page over a clock that only this test moves, with media that answer what the test says. */
export function openWalk(pinned: PinnedChain, { send = ARRIVES, asked = order }: { send?: Send; asked?: PageOrder } = {}) {
  let state: PageState = INITIAL;
  let now = BEGINS;
  const events: Timed<PageFact>[] = [];
  const sent: string[] = [];

  function say(command: PageCommand): string | null {
    const decision = decide(state, command, now);
    if ('refusal' in decision) return decision.refusal;
    for (const fact of decision) {
      const event = { ...fact, at: Math.max(now, state.status === 'none' ? now : state.lastAt) as Instant };
      events.push(event);
      state = evolve(state, event);
    }
    return null;
  }

  /** What the runner does; `twice` says everything as a second process would that has seen the same state. */
  function work(twice = false): void {
    for (let round = 0; round < 100; round += 1) {
      const owed = due(state, now);
      if (owed.length === 0 || state.status === 'none') return;
      const seen = state;
      for (const effect of owed) {
        for (const _ of twice ? [1, 2] : [1]) {
          switch (effect.do) {
            case 'pin-chain':
              say({ kind: 'pin-chain', chain: pinned, token: 'T1' as TokenId });
              break;
            case 'begin-stage': {
              const plan = stagePlan({ chain: pinned, renewed: seen.renewed }, effect.stage);
              const { roles } = addresseesOf(plan, seen.to);
              const duties = roles.map((role): Duty => ({ role, first: null, all: ROLL[role] ?? [], until: null, unreadable: null }));
              say({
                kind: 'begin-stage',
                stage: effect.stage,
                ...whomToCall(plan, { duties, contacts: [], missing: [] }, () => true, calledInRound(seen, plan)),
              });
              break;
            }
            case 'fall-silent':
              say({ kind: 'fall-silent' });
              break;
            case 'lapse-answer':
              say({ kind: 'lapse-answer' });
              break;
            case 'deliver': {
              if (say({ kind: 'intend-delivery', ...effect.at, attempt: effect.attempt, executor: 'bot' }) !== null) break;
              sent.push(`${Math.round((now - BEGINS) / 1000)}s ${effect.at.contact} ${effect.at.medium}`);
              const delivery = send(effect.at, effect.attempt);
              if (delivery !== 'crash') say({ kind: 'note-delivery', ...effect.at, attempt: effect.attempt, delivery });
              break;
            }
            case 'lose':
              say({ kind: 'note-delivery', ...effect.at, attempt: effect.attempt, delivery: { status: 'unknown', says: 'lost' } });
              break;
            case 'settle':
              say({ kind: 'note-settled', ...effect.at, as: effect.as, delivery: { status: 'sent', says: 'told', ref: null } });
              break;
            case 'close':
              say({ kind: 'close-page', how: effect.how, says: effect.how, by: { kind: 'rollbot' } });
              break;
            default:
              effect satisfies never;
          }
        }
      }
    }
    throw new Error('It never comes to rest.');
  }

  say({ kind: 'open-page', ...asked });
  work();
  return {
    say,
    work,
    events,
    sent,
    get state() {
      return state as Exclude<PageState, { status: 'none' }>;
    },
    get now() {
      return now;
    },
    /** Goes from one due moment to the next, as the runner's timers do. */
    pass(ms: number): void {
      const until = now + ms;
      for (let at = nextDueAt(state); at !== null && at <= until; at = nextDueAt(state)) {
        now = Math.max(now, at) as Instant;
        work();
      }
      now = until as Instant;
    },
    /** The clock is set: nothing happens in between. */
    jump(ms: number, twice = false): void {
      now = (now + ms) as Instant;
      work(twice);
    },
  };
}
