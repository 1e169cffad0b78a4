import type { TokenId } from '../../core/brand.ts';
import type { Acting } from '../../core/incident/command.ts';
import type { TriggerAnswer, Triggers } from '../../core/trigger/port.ts';
import { ACTIONS } from '../actions.ts';
import { sentence } from '../cards/replies.ts';
import { triggersCard } from '../cards/triggers-card.ts';
import type { Desk, Entry, Visit } from './entry.ts';

/** The buttons below a watch. Doing one again after a crash is harmless: the rules know. */
export const WATCH_BUTTONS: readonly Entry[] = [
  watchButton(ACTIONS.watchStart, async (triggers, token, acting) => await triggers.startNow(token, acting)),
  watchButton(ACTIONS.watchVeto, async (triggers, token, acting) => await triggers.veto(token, acting)),
  watchButton(ACTIONS.watchCallOff, async (triggers, token, acting) => await triggers.callOff(token, acting)),
];

/** `/rollback triggers`: each rule on each target, where it stands, and what people made of it. */
export async function listTriggers(visit: Visit, { triggers, clock }: Desk): Promise<void> {
  await visit.tell(triggersCard(await triggers.list(), clock.now()));
}

function watchButton(id: string, act: (triggers: Triggers, token: TokenId, acting: Acting) => Promise<TriggerAnswer>): Entry {
  return {
    kind: 'action',
    id,
    resume: 'again',
    handle: async (visit, desk) => {
      const answer = await act(desk.triggers, visit.incoming.text as TokenId, visit.acting);
      if (answer.status === 'done' && answer.incident !== null) desk.wake(answer.incident);
      await visit.tell(sentence(answer.says));
    },
  };
}
