import { describe, expect, test } from 'vitest';
import { COMPONENT } from '../../../src/core/component/kind.ts';
import type { ComponentFact } from '../../../src/core/component/event.ts';
import { closed, linked, opened, shown, started } from './happenings.ts';
import { at, component, FOLDS, stream, withoutKind, write } from './subject.ts';
import type { Subject } from './subject.ts';

const A = stream('a');
const API = component('worker:api');
const SEEN: ComponentFact = { type: 'version-running', version: 'v1', how: 'ci', run: null };
const HELD: ComponentFact = { type: 'deployable-held', versions: ['v1'], by: { kind: 'rollbot' }, reason: 'cold cache', run: null };

export function kindsContract(current: () => Subject): void {
  describe('streams of several kinds', () => {
    test('each is folded by the rules of its own kind', async () => {
      const { store } = current();
      expect(await store.load(API)).toEqual({ state: COMPONENT.initial, seq: 0, readOnly: null });
      await write(store, API, [SEEN, HELD]);
      await write(store, A, [opened()]);
      const state = [SEEN, HELD].reduce((before, fact) => COMPONENT.evolve(before, { ...fact, at: at(1000) }), COMPONENT.initial);
      expect(await store.load(API)).toEqual({ state, seq: 2, readOnly: null });
      expect(await store.load(A)).toMatchObject({ state: { status: 'open' } });
      expect((await store.events(API)).map(({ event }) => event)).toEqual([SEEN, HELD].map((fact) => ({ ...fact, at: 1000 })));
      expect(await store.verify()).toEqual([]);
    });

    test('one append writes to streams of different kinds, or to none of them', async () => {
      const { store } = current();
      const writes = [
        { stream: A, expectedSeq: 0, facts: [opened()] },
        { stream: API, expectedSeq: 0, facts: [SEEN] },
      ];
      expect(await store.append(writes, {}, at(1))).toEqual({ status: 'ok', seqs: { [A]: 1, [API]: 1 } });
      const late = [
        { stream: A, expectedSeq: 1, facts: [closed()] },
        { stream: API, expectedSeq: 0, facts: [HELD] },
      ];
      expect(await store.append(late, {}, at(2))).toEqual({ status: 'conflict' });
      expect((await store.load(A)).seq).toBe(1);
    });

    test('a list is of one kind, and incidents are what is listed where none is said', async () => {
      const { store } = current();
      await write(store, A, [opened(), linked('C01')]);
      await write(store, API, [SEEN]);
      expect(await store.streams({ includeClosed: true })).toEqual([A]);
      expect(await store.streams({ kind: 'component' })).toEqual([API]);
      expect(await store.streamOf({ channel: 'C01' })).toBe(A);
    });

    test('an event of another kind is no event of this one', async () => {
      const writing = current().store.append([{ stream: API, expectedSeq: 0, facts: [opened()] }], {}, at(1));
      await expect(writing).rejects.toThrow('incident-opened');
    });

    test('a stream of a kind that this version does not know is only read, and owed nothing', async () => {
      await write(current().store, A, [opened('Cache is cold', '50'), started('r1'), shown('t1')]);
      await write(current().store, API, [SEEN]);
      const store = await current().reopen(withoutKind('incident'));
      expect(await store.load(A)).toEqual({ state: { status: 'none' }, seq: 0, readOnly: 'incident-opened' });
      expect(await store.events(A)).toHaveLength(3);
      expect(await store.nextDueAt()).toBeNull();
      expect(await store.dueStreams(at(1000))).toEqual([]);
      expect(await store.verify()).toMatchObject([{ stream: A, seq: 1, says: expect.stringContaining('newer Rollbot') }]);
      expect(current().logged).toContain('a stream was written by a newer Rollbot and is left alone');
      expect(await write(store, API, [HELD])).toBe(2);
    });

    test('the version that knows the kind goes on where it was', async () => {
      await write(current().store, A, [opened('Cache is cold', '50')]);
      await current().reopen(withoutKind('incident'));
      const store = await current().reopen(FOLDS);
      expect(await store.nextDueAt()).toBe(50);
      expect(await write(store, A, [closed()])).toBe(2);
    });
  });
}
