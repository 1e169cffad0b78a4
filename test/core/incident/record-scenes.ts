import type { Instant, TokenId } from '../../../src/core/brand.ts';
import type { Command } from '../../../src/core/incident/command.ts';
import type { IncidentRole, Severity } from '../../../src/core/incident/record-event.ts';
import { acting, DECIDERS, reading, role } from './cast.ts';
import type { Name } from './cast.ts';

/** What people say and decide in an incident beside its runs, as commands. */

const SEV1: Severity = { id: 'sev1', title: 'Major incident', tell: [role('product-owner')], updateEveryMs: 30 * 60_000 };
export const SEV3: Severity = { id: 'sev3', title: 'Small trouble', tell: [], updateEveryMs: null };

const leading = (who: Name) => ({ ...acting(who), commanders: DECIDERS });

export const notes = (who: Name, text: string, saidAt: number, ts?: string): Command => ({
  kind: 'add-note',
  text,
  saidAt: saidAt as Instant,
  message: ts === undefined ? null : { channel: 'C1', ts, author: 'mina' },
  ...acting(who),
});

export const rates = (who: Name, severity: Severity = SEV1): Command => ({
  kind: 'set-severity',
  severity,
  token: 't-severity' as TokenId,
  ...leading(who),
});

export const takes = (who: Name, what: IncidentRole): Command => ({ kind: 'take-role', role: what, ...leading(who) });

export const hands = (who: Name, what: IncidentRole, to: Name): Command => ({
  kind: 'hand-over-role',
  role: what,
  to: reading(to),
  ...leading(who),
});

const PLACES = { channels: ['C0ENG'], mail: [] };

export const tells = (who: Name, engineering = 'The cache is cold.', business = 'Pages are slow.'): Command => ({
  kind: 'send-update',
  texts: { engineering, business },
  to: { engineering: PLACES, business: { channels: ['C0BIZ'], mail: ['board@shop.example'] } },
  ...leading(who),
});

export const writes = (who: Name, rootCause: string | null, lessons: string | null, ...items: string[]): Command => ({
  kind: 'write-up',
  rootCause,
  lessons,
  items: items.map((title) => ({ title, owner: null })),
  ...leading(who),
});

export const reopens = (who: Name, reason: string): Command => ({ kind: 'reopen-incident', reason, ...leading(who) });
