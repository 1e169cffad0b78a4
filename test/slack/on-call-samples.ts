import type { Instant, RoleId } from '../../src/core/brand.ts';
import type { CancelledOverride, MadeOverride } from '../../src/core/calendar/state.ts';
import type { OnCall, Plan, Reachable } from '../../src/core/contact/port.ts';
import type { Turn } from '../../src/core/contact/rotation.ts';
import { dutyCard, onCallCard, onCallHelp, overrideForm } from '../../src/slack/cards/on-call-card.ts';
import { onCallAgainCard, putOnCallCard, replacedCard, takenBackCard } from '../../src/slack/cards/on-call-word.ts';
import { BEGINS, mina, omar } from './story.ts';

const HOUR = 3_600_000;
const reachable = (contact: string, name: string, more: Partial<Reachable> = {}): Reachable => ({
  contact,
  name,
  person: null,
  media: ['slack', 'email'],
  quiet: false,
  drills: false,
  ...more,
});
const OMAR = reachable('omar', 'Omar Haddad', { person: omar.id });
const MINA = reachable('mina', 'Mina <!here> Okafor', { person: mina.id, media: ['pagerduty'], quiet: true });
const PHONE = reachable('phone', 'The phone', { media: [] });

/** Roles as they are met: with a rotation and an override, with people alone, with nobody. */
export const PLANS: readonly Plan[] = [
  {
    duty: {
      role: 'database-admin' as RoleId,
      first: OMAR,
      all: [OMAR, MINA, PHONE],
      until: (BEGINS + 4 * HOUR) as Instant,
      unreadable: 'Slack does not answer',
    },
    rotation: 'databases',
    next: [
      { who: MINA, from: (BEGINS + 4 * HOUR) as Instant, instead: false },
      { who: OMAR, from: (BEGINS + 100 * HOUR) as Instant, instead: true },
    ],
    overrides: [{ id: 'k3x9p2', who: 'omar', from: BEGINS, to: (BEGINS + 4 * HOUR) as Instant, by: mina, madeAt: BEGINS, takes: [] }],
  },
  {
    duty: { role: 'product-owner' as RoleId, first: null, all: [OMAR, MINA, PHONE, OMAR, MINA, PHONE], until: null, unreadable: null },
    rotation: null,
    next: [],
    overrides: [],
  },
  {
    duty: { role: 'lead-developer' as RoleId, first: MINA, all: [MINA], until: null, unreadable: null },
    rotation: 'leads',
    next: [],
    overrides: [],
  },
  {
    duty: { role: 'executive-team' as RoleId, first: null, all: [], until: null, unreadable: null },
    rotation: null,
    next: [],
    overrides: [],
  },
];

const BOTH = ['database-admin', 'lead-developer'] as RoleId[];
const OVERRIDE: MadeOverride = { ...PLANS[0]!.overrides[0]!, by: { ...mina, name: 'Mina <!here>' } };
const TURNS: readonly Turn[] = Array.from({ length: 7 }, (_, index) => {
  const from = (BEGINS + index * 24 * HOUR) as Instant;
  return { who: 'mina', from, to: (from + 4 * HOUR) as Instant };
});
const CANCELLED: CancelledOverride = { ...OVERRIDE, back: { by: OVERRIDE.by, at: BEGINS, next: TURNS } };

/** What people read about who is on call. */
export const ON_CALL_CARDS = {
  'reply-on-call': onCallCard(PLANS),
  'put-on-call': putOnCallCard(OVERRIDE, BOTH),
  'replaced-on-call': replacedCard(OVERRIDE, 'Omar <!here>', TURNS, BOTH),
  'taken-back-on-call': takenBackCard(CANCELLED, BOTH),
  'on-call-again': onCallAgainCard(CANCELLED, 'Omar <!here>', TURNS.slice(0, 1), BOTH),
  'on-call-again-and-again': onCallAgainCard(CANCELLED, 'Omar <!here>', TURNS, BOTH),
  'reply-on-call-role': dutyCard(PLANS[0]!),
  'reply-on-call-nobody': dutyCard(PLANS[3]!),
  'reply-on-call-help': onCallHelp(),
  'form-override': overrideForm(PLANS, { channel: 'C050OPS', responseUrl: null }, BEGINS),
  'form-override-nobody': overrideForm(PLANS.slice(3), { channel: 'C050OPS', responseUrl: null }, BEGINS),
};

/** An installation in which nobody is on call. */
export const NO_ON_CALL: OnCall = {
  duty: async (role) => await Promise.resolve({ role, first: null, all: [], until: null, unreadable: null }),
  contact: () => null,
  plan: async (role) =>
    await Promise.resolve({ duty: { role, first: null, all: [], until: null, unreadable: null }, rotation: null, next: [], overrides: [] }),
  override: async () => await Promise.resolve({ status: 'refused', says: 'Nobody is on call for it: it has no rotation.' }),
  cancel: async () => await Promise.resolve({ status: 'refused', says: 'Nobody is on call for it: it has no rotation.' }),
  onChange: () => () => undefined,
};
