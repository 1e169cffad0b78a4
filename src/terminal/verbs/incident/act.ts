import type { Acting, Leading, PersonAct } from '../../../core/incident/command.ts';
import { commandersOf } from '../../../core/settings.ts';
import { incidentNamed } from '../../incidents.ts';
import type { Found } from '../../incidents.ts';
import { done, refused } from '../../reply.ts';
import type { Reply } from '../../reply.ts';
import { inTerminal } from '../../say/words.ts';
import type { Desk } from '../../verb.ts';

/** Has the rules decide about what somebody wants done in an incident, and says it; a refusal in their own words. */
export async function actIn(desk: Desk, { stream, incident }: Found, act: PersonAct, says: string): Promise<Reply> {
  const answer = await desk.operations.act(act, { stream });
  if (answer.status === 'refused') return refused('rules', [inTerminal(answer.says)]);
  return done([says], { incident: incident.incident });
}

/** The same for what needs nothing of the incident but which one is meant. */
export async function actInNamed(desk: Desk, of: string | null, act: PersonAct, says: string): Promise<Reply> {
  const found = await incidentNamed(desk, of);
  return 'says' in found ? refused('words', [found.says]) : await actIn(desk, found, act, says);
}

/** Who is asking, with the roles that may lead as configured now. */
export function leading(acting: Acting, { catalog }: Pick<Desk, 'catalog'>): Leading {
  return { ...acting, commanders: commandersOf(catalog.settings()) };
}
