import type { StreamId, TokenId } from '../../core/brand.ts';
import { isOfKind } from '../../core/kinds.ts';
import { chainFor, stagePlan } from '../../core/page/chain.ts';
import { due, nextDueAt } from '../../core/page/due.ts';
import type { PageEffect } from '../../core/page/due.ts';
import type { Page, PageState } from '../../core/page/state.ts';
import type { Catalog, Clock, Ids, Log, Store } from '../../core/ports.ts';
import type { Journal } from '../journal.ts';
import { earlierFor } from './earlier.ts';
import { callFor } from './roll.ts';
import type { RollParts } from './roll.ts';
import { createSending } from './sending.ts';
import type { Sending, SendingParts } from './sending.ts';

export type PageEngineParts = RollParts &
  SendingParts & {
    readonly journal: Journal;
    readonly store: Store;
    readonly catalog: Pick<Catalog, 'settings'>;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly log: Log;
  };

/** Does what pages owe: calls people, waits, calls the next ones, and tells the media how it ended. */
export type PageEngine = { start(): Promise<void>; stop(): Promise<void> };

const RETRY_MS = 15_000;
const RECENT = 200;

/** Builds it. One stream at a time is worked on by one worker, and what is due comes from the state alone. */
export function createPageEngine(parts: PageEngineParts): PageEngine {
  const { journal, store, clock, log } = parts;
  const sending = createSending(parts);
  const working = new Map<StreamId<'page'>, Promise<void>>();
  const again = new Set<StreamId<'page'>>();
  const timers = new Map<StreamId<'page'>, () => void>();
  const life = { stopped: false };

  async function work(stream: StreamId<'page'>): Promise<void> {
    let idle = false;
    while (!life.stopped && (again.delete(stream) || !idle)) {
      const { state, readOnly } = await journal.load(stream);
      if (state.status === 'none' || readOnly !== null) return;
      const owed = due(state, clock.now()).filter((effect) => !sending.isUnderWay(stream, effect));
      for (const effect of owed) await perform({ ...parts, sending }, stream, state, effect);
      idle = owed.length === 0;
      if (idle) wakeAt(stream, state);
    }
  }

  function complain(stream: StreamId<'page'>, error: unknown): void {
    log.error({ stream, error }, 'what a page is owed could not be done, and will be tried again');
  }

  function wakeAt(stream: StreamId<'page'>, state: PageState): void {
    const at = nextDueAt(state);
    // What is being sent at this moment wakes its stream itself when the answer is written.
    if (at !== null) wakeAfter(stream, at > clock.now() ? at - clock.now() : RETRY_MS);
  }

  function wakeAfter(stream: StreamId<'page'>, ms: number): void {
    timers.get(stream)?.();
    timers.set(
      stream,
      clock.after(ms, () => wake(stream)),
    );
  }

  function wake(stream: StreamId<'page'>): void {
    if (life.stopped) return;
    again.add(stream);
    if (working.has(stream)) return;
    const done = work(stream)
      .catch((error: unknown) => {
        complain(stream, error);
        wakeAfter(stream, RETRY_MS);
      })
      .finally(() => {
        working.delete(stream);
        if (again.has(stream)) wake(stream);
      });
    working.set(stream, done);
  }

  journal.onChange((stream) => {
    if (isOfKind(stream, 'page')) wake(stream);
  });

  return {
    async start() {
      const recent = await store.streams({ kind: 'page', includeClosed: true, limit: RECENT });
      const open = await store.streams({ kind: 'page' });
      for (const stream of new Set([...open, ...recent])) {
        // One page that can't be read keeps no other from being sent, and the bot from nothing.
        await sending.recover(stream).catch((error: unknown) => complain(stream, error));
        wake(stream);
      }
    },
    async stop() {
      life.stopped = true;
      for (const cancel of timers.values()) cancel();
      await Promise.allSettled(working.values());
      await sending.stop();
    },
  };
}

type Performing = PageEngineParts & { readonly sending: Sending };

async function perform(parts: Performing, stream: StreamId<'page'>, page: Page, effect: PageEffect): Promise<void> {
  const { journal, catalog, ids, sending } = parts;
  switch (effect.do) {
    case 'pin-chain': {
      const earlier = await earlierFor(journal, page);
      if (earlier !== null) {
        await journal.apply(stream, { kind: 'close-page', how: 'had-by-others', says: earlier, by: { kind: 'rollbot' } });
        return;
      }
      await journal.apply(stream, { kind: 'pin-chain', chain: chainFor(catalog.settings(), page.to), token: ids.token() as TokenId });
      return;
    }
    case 'begin-stage': {
      const { chain, renewed } = page;
      if (chain === null) return;
      const { people, says } = await callFor(parts, page, stagePlan({ chain, renewed }, effect.stage));
      await journal.apply(stream, { kind: 'begin-stage', stage: effect.stage, people, says });
      return;
    }
    case 'fall-silent':
      await journal.apply(stream, { kind: 'fall-silent' });
      return;
    case 'lapse-answer':
      await journal.apply(stream, { kind: 'lapse-answer' });
      return;
    case 'deliver':
      return await sending.deliver(stream, effect);
    case 'lose':
      return await sending.lose(stream, effect);
    case 'settle':
      return await sending.settle(stream, effect);
    case 'close': {
      const says = effect.how === 'rested' ? 'Somebody has had it for a day.' : 'Nobody has answered for a day, so it is given up.';
      await journal.apply(stream, { kind: 'close-page', how: effect.how, says, by: { kind: 'rollbot' } });
      return;
    }
    default:
      return effect satisfies never;
  }
}
