import type { PersonId } from '../core/brand.ts';
import type { Acting } from '../core/incident/command.ts';
import type { People, PersonReading } from '../core/ports.ts';
import type { Identity } from './identity.ts';

/** What a payload says about where it comes from. None of it is believed before the gate has looked at it. */
export type Caller = {
  readonly user: string;
  /** The workspace in which it was done, and the one that the person belongs to where the payload says so. */
  readonly team: string | null;
  readonly userTeam: string | null;
  readonly app: string | null;
};

/** Who was let in, with the roles that they hold at this moment; what they may do with them is for the rules to say. */
export type Passage = ({ readonly status: 'open' } & Acting) | { readonly status: 'refused'; readonly says: string };

export type Gate = (caller: Caller) => Promise<Passage>;

const REFUSED = {
  bot: "Only people can use Rollbot; apps and bots can't.",
  guest: "Guests can't use Rollbot. Ask a full member of the workspace.",
  deactivated: "This account is deactivated, so it can't use Rollbot.",
  stranger: 'Rollbot serves the members of its own workspace only. Ask one of them.',
  unknown: "Slack does not know this account, so it can't use Rollbot.",
} as const satisfies Record<Extract<PersonReading, { status: 'refused' }>['why'], string>;
const ELSEWHERE = 'This comes from another app or workspace, so Rollbot does nothing with it.';
const UNREADABLE = 'Slack does not say at the moment who you are and which roles you hold, so nothing was done. Try again in a minute.';

/** The one gate of every entry: full members of our own workspace, read from Slack; whoever can't be read stays outside. */
export function createGate({ people, identity }: { readonly people: People; readonly identity: () => Identity | null }): Gate {
  return async ({ user, team, userTeam, app }) => {
    const own = identity();
    if (own === null) return { status: 'refused', says: UNREADABLE };
    if (app !== own.app || team !== own.team) return { status: 'refused', says: ELSEWHERE };
    if (userTeam !== null && userTeam !== own.team) return { status: 'refused', says: REFUSED.stranger };
    const reading = await people.read(user as PersonId);
    switch (reading.status) {
      case 'member':
        return { status: 'open', by: { kind: 'person', id: reading.id, name: reading.name }, roles: reading.roles };
      case 'refused':
        return { status: 'refused', says: REFUSED[reading.why] };
      case 'unreadable':
        return { status: 'refused', says: UNREADABLE };
      default:
        return reading satisfies never;
    }
  };
}
