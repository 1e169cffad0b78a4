import { describe, expect, test } from 'vitest';
import { closed, linked, opened, started } from './happenings.ts';
import { at, FOLD, FOLDS, foldsWith, LATER_FOLDS, stream, withoutTypes, write } from './subject.ts';
import type { Subject } from './subject.ts';

const A = stream('a');

export function loadContract(current: () => Subject): void {
  describe('load', () => {
    test('a stream without events is in its initial state', async () => {
      expect(await current().store.load(A)).toEqual({ state: { status: 'none' }, seq: 0, readOnly: null });
    });

    test('the state is what the fold makes of all events', async () => {
      const { store } = current();
      const facts = [opened(), started('r1'), linked('C01'), closed()];
      for (const fact of facts) await write(store, A, [fact]);
      const state = facts.reduce((before, fact) => FOLD.evolve(before, { ...fact, at: at(1000) }), FOLD.initial);
      expect(await store.load(A)).toEqual({ state, seq: 4, readOnly: null });
    });

    test('it starts from the snapshot, and folds nothing again', async () => {
      await write(current().store, A, [opened()]);
      let folded = 0;
      const counting = foldsWith({ ...FOLD, evolve: (state, event) => ((folded += 1), FOLD.evolve(state, event)) });
      const store = await current().reopen(counting);
      await store.load(A);
      expect(folded).toBe(0);
      await write(store, A, [linked('C01')]);
      expect(folded).toBe(1);
    });

    test('a new version of the fold makes state and due times anew when it is opened', async () => {
      await write(current().store, A, [opened('Cache is cold', '50')]);
      const store = await current().reopen(LATER_FOLDS);
      expect(await store.nextDueAt()).toBe(77);
      expect(await store.load(A)).toMatchObject({ seq: 1, state: { title: 'CACHE IS COLD' } });
      await write(store, A, [linked('C01')]);
      expect(await store.load(A)).toMatchObject({ seq: 2, state: { title: 'CACHE IS COLD', channel: { id: 'C01' } } });
      expect(await store.verify()).toEqual([]);
    });

    test('a stream with an event that this version does not know is only read', async () => {
      await write(current().store, A, [opened(), started('r1'), linked('C01'), closed()]);
      const store = await current().reopen(withoutTypes('channel-linked'));
      const loaded = await store.load(A);
      expect(loaded).toMatchObject({ readOnly: 'channel-linked', seq: 2, state: { status: 'open', runs: [{ id: 'r1' }] } });
      const result = await store.append([{ stream: A, expectedSeq: loaded.seq, facts: [closed()] }], {}, at(1));
      expect(result).toEqual({ status: 'read-only', type: 'channel-linked' });
      expect(await store.events(A)).toHaveLength(4);
      expect(current().logged).toContain('a stream was written by a newer Rollbot and is left alone');
    });

    test('a stream that was only read is written again by the version that knows its events', async () => {
      await write(current().store, A, [opened(), linked('C01')]);
      await (await current().reopen(withoutTypes('channel-linked'))).load(A);
      const store = await current().reopen(FOLDS);
      expect(await write(store, A, [closed()])).toBe(3);
      expect(await store.verify()).toEqual([]);
    });

    test('everything is there again after closing and opening', async () => {
      const before = current().store;
      await write(before, A, [opened('Cache is cold', '50'), started('r1', ['worker:api'])], 1000, {
        take: [{ key: 'worker:api', holder: 'r1' }],
      });
      const [state, events] = [await before.load(A), await before.events(A)];
      const store = await current().reopen();
      expect(await store.load(A)).toEqual(state);
      expect(await store.events(A)).toEqual(events);
      expect(await store.claims()).toEqual([{ key: 'worker:api', holder: 'r1', since: 1000 }]);
      expect(await store.nextDueAt()).toBe(50);
    });
  });
}
