import type { Acting } from '../core/incident/command.ts';
import type { Catalog, People, PersonReading } from '../core/ports.ts';
import { mappedUser } from '../core/terminal/person.ts';

/** A user of the operating system who has proved to be that one. */
export type OsUser = { readonly uid: number; readonly name: string };

export type Passage = ({ readonly status: 'open' } & Acting) | { readonly status: 'refused'; readonly says: string };

const REFUSED = {
  bot: "belongs to an app in Slack, and only people can use Rollbot; apps can't.",
  guest: "is a guest in Slack, and guests can't use Rollbot. Ask a full member of the workspace.",
  deactivated: "is deactivated in Slack, so it can't use Rollbot.",
  stranger: 'belongs to another workspace in Slack. Ask a member of your own.',
  unknown: 'is not known to Slack. Correct slack: in rollbot.yml.',
} as const satisfies Record<Extract<PersonReading, { status: 'refused' }>['why'], string>;

/**
 * The one gate of the terminal: who `rollbot.yml` names, and Slack has not turned away; looked up for each verb anew. Somebody of
 * whom nobody can say which roles they hold may only look.
 */
export async function letIn(
  { people, catalog }: { readonly people: People; readonly catalog: Catalog },
  user: OsUser,
  { toLook }: { readonly toLook: boolean },
): Promise<Passage> {
  await catalog.refresh();
  const mapped = mappedUser(catalog.settings(), user.name);
  if (!mapped) {
    const says = `The user ${user.name} (${user.uid}) is nobody to Rollbot. Add terminal: { people: { ${user.name}: { slack: U… } } } to rollbot.yml, or ask somebody who is there.`;
    return { status: 'refused', says };
  }
  const reading = await people.read(mapped.person);
  switch (reading.status) {
    case 'member':
      return { status: 'open', by: { kind: 'person', id: reading.id, name: reading.name, via: 'terminal' }, roles: reading.roles };
    case 'refused':
      return { status: 'refused', says: `${mapped.name} (${mapped.person}) ${REFUSED[reading.why]}` };
    case 'unreadable':
      if (toLook) return { status: 'open', by: { kind: 'person', id: mapped.person, name: mapped.name, via: 'terminal' }, roles: [] };
      return {
        status: 'refused',
        says: `Nobody says at the moment which roles ${mapped.name} has (${reading.why}). Try again when Slack answers, or give roles to people: in rollbot.yml.`,
      };
    default:
      return reading satisfies never;
  }
}
