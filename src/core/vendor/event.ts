import type { IncidentId, TokenId } from '../brand.ts';
import type { Actor, Person } from '../incident/event.ts';
import type { PinnedVendor, TaskOwner } from './state.ts';

/** Everything that can happen to the task of asking a vendor. */
export type VendorFact =
  | {
      type: 'vendor-asked';
      incident: IncidentId;
      vendor: PinnedVendor;
      why: string;
      text: string;
      owner: TaskOwner | null;
      by: Person;
      token: TokenId;
    }
  | { type: 'task-taken'; by: Person }
  | { type: 'mail-intended'; by: Person }
  | { type: 'mail-noted'; status: 'sent' | 'failed' | 'unknown'; says: string }
  | { type: 'owner-reminded'; number: number }
  | { type: 'task-over'; by: Actor; says: string };

const KNOWN: Readonly<Record<VendorFact['type'], true>> = {
  'vendor-asked': true,
  'task-taken': true,
  'mail-intended': true,
  'mail-noted': true,
  'owner-reminded': true,
  'task-over': true,
};

/** Whether this version knows what to make of an event. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(KNOWN, type);
}
