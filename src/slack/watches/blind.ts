import type { StreamId } from '../../core/brand.ts';
import { JournalBroken } from '../../core/journal-broken.ts';
import type { Store } from '../../core/ports.ts';
import { watchOf } from '../../core/trigger/state.ts';
import type { Watch } from '../../core/trigger/state.ts';

/** Whether a watch speaks for itself, and for which others that see nothing of the same metric. */
export type Blindness = { readonly speaks: boolean; readonly others: readonly Watch[] };

const SIGHTED: Blindness = { speaks: true, others: [] };

type Found = { readonly stream: StreamId<'trigger'>; readonly watch: Watch; readonly stands: boolean };

/**
 * Several rules go by one metric, and all of them are blind when it can't be read: that is one thing to say, by the one that
 * people have seen already, else by the one that was blind first.
 */
export async function blindnessOf(
  store: Pick<Store, 'streams' | 'load' | 'message'>,
  stream: StreamId<'trigger'>,
  watch: Watch,
): Promise<Blindness> {
  if (!isBlind(watch)) return SIGHTED;
  const found: Found[] = [];
  for (const each of await store.streams({ kind: 'trigger' })) {
    const other = each === stream ? watch : await load(store, each);
    if (!other || !isBlind(other) || !isSame(watch, other)) continue;
    const row = await store.message(each, `watch:${other.id}`);
    found.push({ stream: each, watch: other, stands: row !== null });
  }
  const [first] = found.toSorted(bySpeaker);
  const others = found.filter((each) => each.stream !== stream).map((each) => each.watch);
  return !first || first.stream === stream ? { speaks: true, others } : { speaks: false, others };
}

function isBlind({ judgement }: Watch): boolean {
  return judgement?.reason === 'blind';
}

function isSame({ rule, judgement }: Watch, other: Watch): boolean {
  return other.rule.target === rule.target && other.judgement?.metric === judgement?.metric;
}

function bySpeaker(a: Found, b: Found): number {
  return Number(b.stands) - Number(a.stands) || a.watch.beganAt - b.watch.beganAt || (a.stream < b.stream ? -1 : 1);
}

async function load(store: Pick<Store, 'load'>, stream: StreamId<'trigger'>): Promise<Watch | null> {
  try {
    return watchOf((await store.load(stream)).state);
  } catch (error) {
    if (error instanceof JournalBroken) return null;
    throw error;
  }
}
