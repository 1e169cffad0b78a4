import type { Clock } from '../../core/ports.ts';
import { CATALOGUE, shelfOf } from './catalogue.ts';
import type { Product } from './catalogue.ts';

/** The shop's database: few connections, a bounded queue for them, and an error for whoever finds the queue full. */
export type Database = {
  product(id: number): Promise<Product | null>;
  shelf(id: number): Promise<readonly Product[]>;
  /** How long the queries of the last few seconds took, waiting included, or the last ones before; null where there were none ever. */
  averageMs(): number | null;
};

const PRODUCT_MS = 10;
const SHELF_MS = 200;
/** Connections per request a second: plenty for single products, far too few when every request wants a shelf. */
const CONNECTIONS_PER_RATE = 0.08;
/** How far back queries are remembered. */
const WINDOW_MS = 2000;
/** A full queue makes the last in it wait for 1.2 s, in shelves. */
const QUEUE_PER_CONNECTION = 6;

export function createDatabase({ clock, perSecond }: { clock: Clock; perSecond: number }): Database {
  const connections = Math.max(2, Math.ceil(perSecond * CONNECTIONS_PER_RATE));
  const queueLimit = connections * QUEUE_PER_CONNECTION;
  const waiting: (() => void)[] = [];
  let recent: readonly { readonly atMs: number; readonly tookMs: number }[] = [];
  let busy = 0;

  function remember(askedMs: number): void {
    const atMs = clock.monotonicMs();
    recent = [...recent.filter((each) => each.atMs > atMs - WINDOW_MS), { atMs, tookMs: atMs - askedMs }];
  }

  async function query<T>(ms: number, answer: T): Promise<T> {
    const askedMs = clock.monotonicMs();
    if (busy >= connections) await turn();
    else busy += 1;
    await new Promise<void>((resolve) => clock.after(ms, resolve));
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
    remember(askedMs);
    return answer;
  }

  function turn(): Promise<void> {
    if (waiting.length >= queueLimit) throw new Error(`no database connection is free (${busy} busy, ${waiting.length} requests waiting)`);
    return new Promise((resolve) => waiting.push(resolve));
  }

  return {
    product: (id) => query(PRODUCT_MS, CATALOGUE[id - 1] ?? null),
    shelf: (id) => query(SHELF_MS, shelfOf(id)),
    averageMs() {
      const since = clock.monotonicMs() - WINDOW_MS;
      const fresh = recent.filter(({ atMs }) => atMs > since);
      const times = (fresh.length > 0 ? fresh : recent).map(({ tookMs }) => tookMs);
      return times.length === 0 ? null : Math.round(times.reduce((sum, each) => sum + each, 0) / times.length);
    },
  };
}
