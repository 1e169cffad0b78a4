import type { Json } from '../core/digest.ts';
import { didYouMean } from '../core/procedure/nearest.ts';
import { letIn } from './gate.ts';
import type { OsUser } from './gate.ts';
import { refused } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Desk } from './verb.ts';
import { LOOKS, VERBS } from './verbs/table.ts';

/** Does what people ask for from the terminal, whichever way they came in: each is let in anew for each verb. */
export type TerminalDesk = (user: OsUser, verb: string, params: Json) => Promise<Reply>;

/** Builds the desk on what the entries of Slack work with as well, so that the rules are the same. */
export function createTerminalDesk(desk: Desk): TerminalDesk {
  return async (user, name, params) => {
    const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
    if (!verb) return refused('words', [`There is no verb "${name}".${didYouMean(name, Object.keys(VERBS))}`]);
    const passage = await letIn(desk, user, { toLook: LOOKS.has(name) });
    if (passage.status === 'refused') return refused('person', [passage.says]);
    return await verb({ by: passage.by, roles: passage.roles }, params, desk);
  };
}
