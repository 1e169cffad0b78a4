import type { IncidentId, Instant, PersonId, RoleId, TokenId } from '../brand.ts';
import type { Acting } from '../incident/command.ts';
import type { PinnedFollowUp } from '../incident/event.ts';

/** What a person does about one item; commanders may do everything. */
type Deciding = Acting & { readonly token: TokenId; readonly commanders: readonly RoleId[] };

/** What an incident asks for when it is over. */
export type Wanted = PinnedFollowUp & { readonly from: string | null; readonly notBy?: PersonId };

/** Everything that can be said to the follow-ups of an incident. */
export type FollowUpCommand =
  /** What is wanted already, by its title, is not wanted twice. */
  | { kind: 'open'; incident: IncidentId; title: string; drill: boolean; wanted: readonly Wanted[] }
  | { kind: 'give-buttons'; item: string; token: TokenId }
  | ({ kind: 'take' } & Deciding)
  | ({ kind: 'finish' } & Deciding)
  | ({ kind: 'postpone'; to: Instant; reason: string } & Deciding)
  /** The time of some reminders has come. */
  | { kind: 'remind' };
