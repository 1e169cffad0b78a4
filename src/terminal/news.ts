import type { StreamId } from '../core/brand.ts';
import type { Kind } from '../core/kinds.ts';
import type { Desk } from './verb.ts';

/** Long enough to ask rarely, and short enough that nobody on the way takes it for dead. */
const WAIT_MS = 10_000;

/** Resolves when a stream has gone on from an event, or after a while. */
export async function newsIn<K extends Kind>(
  { store, clock }: Pick<Desk, 'store' | 'clock'>,
  stream: StreamId<K>,
  after: number,
  { onChange }: { readonly onChange: (listener: (changed: StreamId<K>) => void) => () => void },
): Promise<void> {
  const ends: (() => void)[] = [];
  const changed = new Promise<void>((resolve) => {
    ends.push(onChange((each) => each === stream && resolve()));
    ends.push(clock.after(WAIT_MS, resolve));
  });
  try {
    if ((await store.load(stream)).seq <= after) await changed;
  } finally {
    for (const end of ends) end();
  }
}
