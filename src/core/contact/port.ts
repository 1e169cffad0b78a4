import type { Instant, PersonId, RoleId, StreamId } from '../brand.ts';
import type { MadeOverride } from '../calendar/state.ts';
import type { Acting } from '../incident/command.ts';
import type { Medium } from './schema.ts';

/** Somebody who can be reached: a contact of `rollbot.yml`, or a member of a role's Slack group that has no entry of its own. */
export type Reachable = {
  /** The name under `contacts:`, or the Slack id of somebody who has none. */
  readonly contact: string;
  readonly name: string;
  readonly person: PersonId | null;
  /** All ways to reach them, best first; quiet hours are already respected. */
  readonly media: readonly Medium[];
  /** It is their quiet hours: `media` is used instead of what the chain says. */
  readonly quiet: boolean;
  /** They said that drills may page them. */
  readonly drills: boolean;
};

/** Who holds a role at a moment. */
export type Duty = {
  readonly role: RoleId;
  /** On call now: the rotation's, or an override's; the first to be reached. Null where the role has no rotation. */
  readonly first: Reachable | null;
  /** Everybody who can be reached for this role, in order, the first one included. */
  readonly all: readonly Reachable[];
  readonly until: Instant | null;
  /** Why somebody may be missing: a group that Slack can't say now. */
  readonly unreadable: string | null;
};

export type OverrideAnswer = { readonly status: 'done' | 'refused'; readonly says: string };

/** A role with who is on call for it, and who will be. */
export type Plan = {
  readonly duty: Duty;
  readonly rotation: string | null;
  /** The shifts that follow, soonest first. */
  readonly next: readonly { readonly who: Reachable; readonly from: Instant; readonly instead: boolean }[];
  /** What was changed in Slack and is not over. */
  readonly overrides: readonly MadeOverride[];
};

/** Who is on call, whichever room asks. */
export type OnCall = {
  duty(role: RoleId, at: Instant): Promise<Duty>;
  /** One contact of `rollbot.yml`. */
  contact(name: string, at: Instant): Reachable | null;
  /** A role's duty with what follows it. */
  plan(role: RoleId, at: Instant): Promise<Plan>;
  /** Puts somebody else on call for a while; `who` is a contact's name or a Slack member. */
  override(
    asked: {
      readonly role: RoleId;
      readonly who: string;
      readonly from: Instant;
      readonly to: Instant;
    } & Acting,
  ): Promise<OverrideAnswer>;
  /** Takes an override back; one that has begun ends at once. */
  cancel(asked: { readonly role: RoleId; readonly override: string } & Acting): Promise<OverrideAnswer>;
  /** Calls back whenever overrides have changed; the returned function ends it. */
  onChange(listener: (stream: StreamId<'calendar'>) => void): () => void;
};
