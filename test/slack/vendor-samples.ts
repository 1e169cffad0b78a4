import type { IncidentId, Instant, RoleId, TokenId } from '../../src/core/brand.ts';
import type { VendorFact } from '../../src/core/vendor/event.ts';
import { VENDOR } from '../../src/core/vendor/kind.ts';
import type { Vendors } from '../../src/core/vendor/port.ts';
import type { PinnedVendor, VendorState, VendorTask } from '../../src/core/vendor/state.ts';
import { vendorCard, vendorReminder } from '../../src/slack/cards/vendor-card.ts';
import { BEGINS, dana, omar } from './story.ts';

export const CLOUDFLARE: PinnedVendor = {
  name: 'cloudflare-support',
  title: 'Cloudflare Support',
  email: 'cloudflare-support@pitchey.example',
  phone: '+1 555 0100',
  url: 'https://support.pitchey.example',
  hours: 'around the clock',
  account: true,
  owner: 'devops-engineer' as RoleId,
};

const asked: VendorFact = {
  type: 'vendor-asked',
  incident: 'k7m2xq' as IncidentId,
  vendor: CLOUDFLARE,
  why: 'no answer from <!here> the edge',
  text: 'Cache warming rollback on production, since 2026-11-24 14:00 UTC. No answer from the edge.\nIs anything known on your side?',
  owner: { name: 'omar', person: omar.id },
  by: dana,
  token: 'T-vendor' as TokenId,
};

/** A task to which this has happened, a minute apart. */
function taskAfter(...facts: readonly VendorFact[]): VendorTask {
  const state = facts.reduce<VendorState>(
    (before, fact, index) => VENDOR.evolve(before, { ...fact, at: (BEGINS + index * 60_000) as Instant }),
    VENDOR.initial,
  );
  if (state.status === 'none') throw new Error('Nobody was asked.');
  return state;
}

const sent: readonly VendorFact[] = [
  { type: 'mail-intended', by: omar },
  { type: 'mail-noted', status: 'sent', says: 'The mail server has taken it.' },
];

/** Tasks as they stand, by what has happened to them. */
export const TASKS_AS_THEY_STAND = [
  taskAfter(asked),
  taskAfter({ ...asked, owner: null, why: '', vendor: { ...CLOUDFLARE, email: null, hours: null, account: false } }),
  taskAfter(asked, ...sent),
  taskAfter(asked, { type: 'mail-intended', by: omar }, { type: 'mail-noted', status: 'failed', says: 'It is <down>.' }),
  taskAfter(asked, { type: 'mail-intended', by: omar }, { type: 'mail-noted', status: 'unknown', says: 'The answer was lost.' }),
];

/** What people read about vendors. */
export const VENDOR_CARDS = {
  'vendor-asked': vendorCard(taskAfter(asked)),
  'vendor-nobody': vendorCard(
    taskAfter({ ...asked, owner: null, why: '', vendor: { ...CLOUDFLARE, email: null, hours: null, account: false } }),
  ),
  'vendor-mail-under-way': vendorCard(taskAfter(asked, ...sent.slice(0, 1))),
  'vendor-mail-sent': vendorCard(taskAfter(asked, ...sent)),
  'vendor-mail-failed': vendorCard(
    taskAfter(asked, { type: 'mail-intended', by: omar }, { type: 'mail-noted', status: 'failed', says: 'It is <down>.' }),
  ),
  'vendor-mail-unknown': vendorCard(
    taskAfter(asked, { type: 'mail-intended', by: omar }, { type: 'mail-noted', status: 'unknown', says: 'The answer was lost.' }),
  ),
  'vendor-over': vendorCard(taskAfter(asked, ...sent, { type: 'task-over', by: omar, says: 'They were asked.' })),
  'vendor-reminder': vendorReminder(taskAfter(asked, { type: 'owner-reminded', number: 2 })),
  'vendor-reminder-nobody': vendorReminder(taskAfter({ ...asked, owner: null }, { type: 'owner-reminded', number: 1 })),
};

/** An installation without vendors. */
export const NO_VENDORS: Vendors = {
  has: () => false,
  ask: async () => await Promise.resolve({ status: 'refused', says: 'rollbot.yml names no vendor.' }),
  take: async () => await Promise.resolve({ status: 'refused', says: 'There is no such task.' }),
  sendMail: async () => await Promise.resolve({ status: 'refused', says: 'There is no such task.' }),
  finish: async () => await Promise.resolve({ status: 'refused', says: 'There is no such task.' }),
  onChange: () => () => undefined,
};
