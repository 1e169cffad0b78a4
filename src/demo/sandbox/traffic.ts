import type { Clock } from '../../core/ports.ts';
import { CATALOGUE } from './catalogue.ts';

const TICK_MS = 20;
/** After a pause of the process no more than this many requests are caught up at once. */
const MOST_AT_ONCE = 20;
const GOLDEN_RATIO = 0.618_033_988_749_895;

/** Customers: a steady rate of requests, best sellers more often, in an order that is the same every time. */
export function startTraffic({
  clock,
  perSecond,
  visit,
}: {
  clock: Clock;
  perSecond: number;
  visit: (productId: number) => void;
}): () => void {
  const startedMs = clock.monotonicMs();
  let planned = 0;
  let visits = 0;
  let cancel = clock.after(TICK_MS, tick);

  function tick(): void {
    const due = Math.floor(((clock.monotonicMs() - startedMs) / 1000) * perSecond);
    for (let each = Math.max(planned, due - MOST_AT_ONCE); each < due; each += 1) visit(productOfVisit(visits++));
    planned = due;
    cancel = clock.after(TICK_MS, tick);
  }

  return () => cancel();
}

function productOfVisit(visit: number): number {
  const even = (visit * GOLDEN_RATIO) % 1;
  return 1 + Math.floor(CATALOGUE.length * even * even);
}
