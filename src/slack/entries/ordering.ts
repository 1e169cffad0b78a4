import type { Instant, StreamId } from '../../core/brand.ts';
import { sayMadeWay } from '../../core/drill/made-way.ts';
import type { StartOrder } from '../../core/ports.ts';
import type { Card } from '../cards/blocks.ts';
import { dryRunCard } from '../cards/dry-run-card.ts';
import { sentence, sentences } from '../cards/replies.ts';
import type { Desk, Visit } from './entry.ts';

/** An order that was left lying by a crash is not started after this: the world has moved on. */
const FRESH_MS = 2 * 60_000;
const MAY_HAVE_BEGUN = 'Rollbot stopped while it started this. Look at `/rollback status`: if it is not there, type it again.';

/** Says for an inbox row that its order was handed to the rules: from here on it may have been started. */
export function begunKey(key: string): string {
  return `${key} begun`;
}

/**
 * Starts what was ordered, or shows what it would do. An order is started at most once, and a stale one never. Answers with the
 * incident in which it was started, or null.
 */
export async function carryOut(visit: Visit, desk: Desk, order: StartOrder, how: { readonly dryRun: boolean }): Promise<StreamId | null> {
  const { tell } = visit;
  if (how.dryRun) {
    const answer = await desk.operations.dryRun(order);
    await tell(answer.status === 'shown' ? dryRunCard(answer.dryRun) : mistakesCard(order, answer.mistakes));
    return null;
  }
  const no = await begunOnce(visit, desk);
  if (no !== null) return await refuse(visit, sentence(no));
  const answer = await desk.operations.start(order);
  if (answer.status === 'refused') return await refuse(visit, mistakesCard(order, answer.mistakes));
  desk.wake(answer.stream);
  await tell(
    sentence(
      `Started ${order.procedure} (run ${answer.run}).${sayMadeWay(answer.madeWay)} Its channel opens in a moment, and you are invited there.`,
    ),
  );
  return answer.stream;
}

/** Notes that what was asked for begins now; answers with a sentence where it may have begun before, or was asked for too long ago. */
export async function begunOnce(visit: Visit, { clock, store }: Pick<Desk, 'clock' | 'store'>): Promise<string | null> {
  const stale = whyNotNow(visit, clock.now());
  if (stale !== null) return stale;
  const isFirst = await store.accept(begunKey(visit.incoming.key), 'begun', null, clock.now());
  return isFirst ? null : MAY_HAVE_BEGUN;
}

async function refuse({ tell }: Visit, card: Card): Promise<null> {
  await tell(card);
  return null;
}

function whyNotNow({ resumed, incoming }: Visit, now: Instant): string | null {
  if (resumed === 'may-have-begun') return MAY_HAVE_BEGUN;
  if (resumed === 'yes' && now - incoming.at > FRESH_MS)
    return 'Rollbot was down when you asked for this, and nothing was started. Type it again if it is still wanted.';
  return null;
}

function mistakesCard(order: StartOrder, mistakes: readonly { readonly says: string }[]): ReturnType<typeof sentence> {
  const [only, ...more] = mistakes;
  if (only && more.length === 0) return sentence(only.says);
  return sentences(
    `${order.procedure} was not started:`,
    mistakes.map(({ says }) => says),
  );
}
