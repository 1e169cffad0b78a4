import type { StreamId, TokenId } from '../../core/brand.ts';
import type { FollowUpCommand } from '../../core/followup/command.ts';
import type { FollowUpAnswer, FollowUps } from '../../core/followup/port.ts';
import { refuse } from '../../core/followup/refusal.ts';
import { itemBy } from '../../core/followup/state.ts';
import type { FollowUp } from '../../core/followup/state.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Catalog, Store } from '../../core/ports.ts';
import { commandersOf } from '../../core/settings.ts';
import type { Journal } from '../journal.ts';
import { readable } from '../readable.ts';

export type FollowUpParts = {
  readonly store: Pick<Store, 'streams' | 'streamOf'>;
  readonly journal: Pick<Journal, 'load' | 'apply' | 'onChange'>;
  readonly catalog: Pick<Catalog, 'settings'>;
};

const MOST_LISTS = 200;

/** What people can do about follow-ups. Who may is for the rules to say. */
export function createFollowUps(parts: FollowUpParts): FollowUps {
  const { store, journal, catalog } = parts;

  async function say(token: TokenId, command: FollowUpCommand, says: (item: FollowUp) => string): Promise<FollowUpAnswer> {
    const found = await itemOf(parts, token);
    if (!found) return { status: 'refused', says: refuse('no-such-follow-up').says, stream: null };
    const { stream, item } = found;
    const applied = await journal.apply(stream, command);
    if (applied.status === 'done') return { status: 'done', says: says(item), stream };
    return { status: 'refused', says: applied.status === 'refused' ? applied.refusal.says : `${applied.key} is held.`, stream };
  }

  const allowed = () => ({ commanders: commandersOf(catalog.settings()) });
  return {
    async list() {
      const streams = await store.streams({ kind: 'followup', limit: MOST_LISTS });
      const states = await Promise.all(streams.map(async (stream) => await readable(journal, stream)));
      return states.flatMap((state) => (state?.status === 'open' ? [state] : []));
    },
    find: async (token) => (await itemOf(parts, token))?.item ?? null,
    take: async (token, acting) =>
      await say(token, { kind: 'take', token, ...allowed(), ...acting }, ({ title }) => `“${title}” is yours.`),
    finish: async (token, acting) =>
      await say(token, { kind: 'finish', token, ...allowed(), ...acting }, ({ title }) => `“${title}” is done.`),
    postpone: async (token, to, reason, acting) =>
      await say(token, { kind: 'postpone', token, to, reason, ...allowed(), ...acting }, ({ title }) => `“${title}” has a new date.`),
    onChange: (listener) =>
      journal.onChange((stream) => {
        if (isOfKind(stream, 'followup')) listener(stream);
      }),
  };
}

async function itemOf({ store, journal }: FollowUpParts, token: TokenId): Promise<{ stream: StreamId<'followup'>; item: FollowUp } | null> {
  const stream: StreamId<string> | null = await store.streamOf({ token });
  if (stream === null || !isOfKind(stream, 'followup')) return null;
  const item = itemBy((await journal.load(stream)).state, token);
  return item ? { stream, item } : null;
}
