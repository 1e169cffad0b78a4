import type { TokenId } from '../../core/brand.ts';
import type { PersonAct } from '../../core/incident/command.ts';
import { REFUSALS } from '../../core/incident/refusal.ts';
import type { ActAnswer } from '../../core/ports.ts';
import { asksOf } from '../asks.ts';
import { card, section } from '../cards/blocks.ts';
import type { Card } from '../cards/blocks.ts';
import { decidedLine } from '../cards/decided.ts';
import { sentence } from '../cards/replies.ts';
import { safe } from '../cards/text.ts';
import type { Desk, Visit } from './entry.ts';

/** Does what a button says; where the rules refuse it, the person reads why, and what was decided meanwhile and by whom. */
export async function actByToken(visit: Visit, desk: Desk, act: Extract<PersonAct, { token: TokenId }>): Promise<void> {
  const answer = await desk.operations.act(act);
  if (answer.status === 'done') return answer.says === undefined ? undefined : await visit.tell(sentence(answer.says));
  await visit.tell(await explain(desk, answer, act.token));
  // Whoever pressed a stale button has looked at a stale message.
  if (answer.stream !== null) desk.wake(answer.stream);
}

/** A refusal in a sentence, with what became of what the button asked. */
async function explain(desk: Desk, answer: Extract<ActAnswer, { status: 'refused' }>, token: TokenId): Promise<Card> {
  if (answer.stream === null) return sentence(answer.says);
  const events = await desk.store.events(answer.stream);
  const ask = asksOf(events.map(({ event }) => event)).find((each) => each.token === token);
  if (!ask?.decided) return sentence(answer.says);
  // The decision says it better than what the rules add to their own sentence.
  const says = `${safe(REFUSALS[answer.refusal], 1000)} ${decidedLine(ask)}.`;
  return card({ text: says, top: [section(says)] });
}
