import type { Instant, PersonId, RoleId } from '../brand.ts';
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

/** Who is on call, whichever room asks. */
export type OnCall = {
  duty(role: RoleId, at: Instant): Promise<Duty>;
  /** One contact of `rollbot.yml`. */
  contact(name: string, at: Instant): Reachable | null;
  /** Puts somebody else on call for a while. */
  override(
    asked: {
      readonly role: RoleId;
      readonly who: string;
      readonly from: Instant;
      readonly to: Instant;
    } & Acting,
  ): Promise<OverrideAnswer>;
};
