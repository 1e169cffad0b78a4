import type { StreamId, TokenId } from '../../core/brand.ts';
import type { Acting } from '../../core/incident/command.ts';
import { sentence } from '../cards/replies.ts';
import type { Desk, Entry } from './entry.ts';

type Answer =
  | { readonly status: 'done'; readonly says: string; readonly incident: StreamId | null }
  | { readonly status: 'refused'; readonly says: string };

/** A button of a message outside of incidents, which says to whoever pressed it what came of it. Doing it again after a crash is harmless: the rules know. */
export function tokenButton(id: string, act: (desk: Desk, token: TokenId, acting: Acting) => Promise<Answer>): Entry {
  return {
    kind: 'action',
    id,
    resume: 'again',
    handle: async (visit, desk) => {
      const answer = await act(desk, visit.incoming.text as TokenId, visit.acting);
      if (answer.status === 'done' && answer.incident !== null) desk.wake(answer.incident);
      await visit.tell(sentence(answer.says));
    },
  };
}
