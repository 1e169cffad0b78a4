import type { PersonId, RoleId, StepId } from '../brand.ts';

/** What an incident that is a drill was set up with: it stands in its first event, so that no later word can change it. */
export type Practice = {
  /** The name of the drill in `rollbot.yml`. */
  readonly drill: string;
  /** Nobody else is paged. */
  readonly signedUp: { readonly people: readonly PersonId[]; readonly roles: readonly RoleId[] };
  readonly trouble: { readonly failingStep?: StepId; readonly silentApproverMs?: number };
};
