import { ACTIONS } from '../actions.ts';
import { triggersCard } from '../cards/triggers-card.ts';
import type { Desk, Entry, Visit } from './entry.ts';
import { tokenButton } from './token-button.ts';

/** The buttons below a watch. */
export const WATCH_BUTTONS: readonly Entry[] = [
  tokenButton(ACTIONS.watchStart, async ({ triggers }, token, acting) => await triggers.startNow(token, acting)),
  tokenButton(ACTIONS.watchVeto, async ({ triggers }, token, acting) => await triggers.veto(token, acting)),
  tokenButton(ACTIONS.watchCallOff, async ({ triggers }, token, acting) => await triggers.callOff(token, acting)),
];

/** `/rollback triggers`: each rule on each target, where it stands, and what people made of it. */
export async function listTriggers(visit: Visit, { triggers, clock }: Desk): Promise<void> {
  await visit.tell(triggersCard(await triggers.list(), clock.now()));
}
