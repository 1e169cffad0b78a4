import type { Instant, PersonId, RoleId } from '../brand.ts';
import type { Override } from '../contact/rotation.ts';
import type { Medium } from '../contact/schema.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import type { Settings } from '../settings.ts';

/** What was read of an installation's people before it is judged. */
export type PeopleReadings = {
  readonly now: Instant;
  readonly settings: Settings;
  readonly procedures: readonly { readonly id: string; readonly steps: readonly PlannedStep[] }[];
  /** Why Slack can't be asked at all; null where it can. */
  readonly slack: string | null;
  /** Who holds each role now, or why that can't be read. */
  readonly holders: ReadonlyMap<RoleId, readonly PersonId[] | { readonly unreadable: string }>;
  /** What people are called, by their Slack id. */
  readonly names: ReadonlyMap<PersonId, string>;
  /** The overrides of each rotation that were made in Slack, or why they can't be read. */
  readonly overrides: ReadonlyMap<string, readonly Override[]> | { readonly unreadable: string };
  /** Each medium of each contact: null where it works as far as can be seen without sending anything, else why it does not. */
  readonly media: ReadonlyMap<string, ReadonlyMap<Medium, string | null>>;
};
