import type { AlertGroup } from '../../core/alert/state.ts';
import type { StreamId, TokenId } from '../../core/brand.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Store } from '../../core/ports.ts';

/** The stream of the group that a button belongs to. */
export async function groupStreamBy(store: Pick<Store, 'streamOf'>, token: TokenId): Promise<StreamId<'alert'> | null> {
  const stream: StreamId<string> | null = await store.streamOf({ token });
  return stream !== null && isOfKind(stream, 'alert') ? stream : null;
}

/** The group that a button belongs to; null where nobody has heard of it. */
export async function groupBy(store: Pick<Store, 'streamOf' | 'load'>, token: TokenId): Promise<AlertGroup | null> {
  const stream = await groupStreamBy(store, token);
  const state = stream === null ? null : (await store.load(stream)).state;
  return state === null || state.status === 'none' ? null : state;
}
