import type { Alert, Notice } from '../../../src/core/alert/alert.ts';
import type { AlertCommand } from '../../../src/core/alert/command.ts';
import type { AlertFact } from '../../../src/core/alert/event.ts';
import { ALERT } from '../../../src/core/alert/kind.ts';
import type { AlertRefusal } from '../../../src/core/alert/refusal.ts';
import type { AlertGroup, AlertState } from '../../../src/core/alert/state.ts';
import type { Instant, PersonId, RoleId, StreamId, TokenId } from '../../../src/core/brand.ts';

const START = Date.UTC(2026, 10, 24, 3, 0, 0);
export const MINUTE = 60_000;
const LEAD = 'lead-developer' as RoleId;
export const DANA = { by: { kind: 'person', id: 'U0DANA' as PersonId, name: 'dana' }, roles: [LEAD], mayStart: [LEAD] } as const;
export const LEE = { by: { kind: 'person', id: 'U0LEE' as PersonId, name: 'lee' }, roles: [], mayStart: [LEAD] } as const;
export const SILENCE: AlertCommand = { kind: 'silence', forMs: 60 * MINUTE, ...DANA };
export const JOIN: AlertCommand = { kind: 'join-incident', stream: 'incident/k7m2xq' as StreamId, ...DANA };
export const LIMITS = { groups: 3, withinMs: 10 * MINUTE };
export const SETTLE: AlertCommand = { kind: 'settle', token: 'token-settled' as TokenId, limits: LIMITS };

/** A moment of the scene, in minutes after its beginning. */
export function minute(at: number): Instant {
  return (START + at * MINUTE) as Instant;
}

/** An alert that began at a minute; resolved where it has an end. */
export function alert(key: string, began: number, ended: number | null = null): Alert {
  return {
    key,
    status: ended === null ? 'firing' : 'resolved',
    startsAt: minute(began),
    endsAt: ended === null ? null : minute(ended),
    title: 'ErrorRateHigh',
    summary: 'More than 10 % of the requests fail',
    labels: { alertname: 'ErrorRateHigh', service: key },
    target: null,
    value: 0.17,
    link: 'http://prometheus.example/graph',
  };
}

/** What a source says of the group at a minute. */
export function said(at: number, ...alerts: readonly Alert[]): { readonly at: number; readonly command: AlertCommand } {
  const notice: Notice = { source: 'prometheus', group: 'errors', title: 'ErrorRateHigh', alerts, left: 0, at: minute(at) };
  return { at, command: { kind: 'note-alerts', notice, token: `token-${at}` as TokenId, limits: LIMITS } };
}

/** Something else that happens at a minute. */
export function does(at: number, command: AlertCommand): { readonly at: number; readonly command: AlertCommand } {
  return { at, command };
}

export type Played = { readonly state: AlertGroup; readonly facts: readonly AlertFact[]; readonly refused: readonly AlertRefusal[] };

/** Plays a scene by the real rules. */
export function play(...moves: readonly { readonly at: number; readonly command: AlertCommand }[]): Played {
  let state: AlertState = ALERT.initial;
  const facts: AlertFact[] = [];
  const refused: AlertRefusal[] = [];
  for (const { at, command } of moves) {
    const decision = ALERT.decide(state, command, minute(at));
    if ('refusal' in decision) {
      refused.push(decision);
      continue;
    }
    facts.push(...decision);
    state = decision.reduce((before, fact) => ALERT.evolve(before, { ...fact, at: minute(at) }), state);
  }
  return { state: state as AlertGroup, facts, refused };
}
