import { describe, expect, test } from 'vitest';
import type { RunId } from '../../../src/core/brand.ts';
import { closed, linked, opened, shown, started } from './happenings.ts';
import { at, stream, write } from './subject.ts';
import type { Subject } from './subject.ts';

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map(stream) as [ReturnType<typeof stream>, ...ReturnType<typeof stream>[]];

export function findContract(current: () => Subject): void {
  describe('what is due', () => {
    test('due streams come soonest first; later ones and those without a time do not', async () => {
      const { store } = current();
      await write(store, A, [opened('A', '300')]);
      await write(store, B!, [opened('B', '100')]);
      await write(store, C!, [opened('C', '301')]);
      await write(store, D!, [opened('D')]);
      expect(await store.dueStreams(at(300))).toEqual([B, A]);
      expect(await store.dueStreams(at(99))).toEqual([]);
      expect(await store.nextDueAt()).toBe(100);
    });

    test('the time follows the state', async () => {
      const { store } = current();
      expect(await store.nextDueAt()).toBeNull();
      await write(store, A, [opened('A', '300')]);
      await write(store, A, [closed()]);
      expect(await store.nextDueAt()).toBeNull();
      expect(await store.dueStreams(at(1_000_000))).toEqual([]);
    });
  });

  describe('streams', () => {
    test('open incidents come newest first, closed ones only when they are asked for', async () => {
      const { store } = current();
      await write(store, B!, [opened()], 10);
      await write(store, A, [opened()], 20);
      await write(store, C!, [opened(), closed()], 30);
      await write(store, B!, [linked('C01')], 40);
      expect(await store.streams()).toEqual([A, B]);
      expect(await store.streams({ includeClosed: true })).toEqual([C, A, B]);
      expect(await store.streams({ includeClosed: true, limit: 2 })).toEqual([C, A]);
      expect(await store.streams({ limit: 1 })).toEqual([A]);
    });
  });

  describe('streamOf', () => {
    test('runs and tokens are found, in whatever event a token stands', async () => {
      const { store } = current();
      await write(store, A, [opened(), started('r1'), shown('t1')]);
      await write(store, B!, [opened(), started('r2')]);
      await write(store, B!, [shown('t2', 'r2'), shown('t2', 'r2')]);
      expect(await store.streamOf({ run: 'r1' as RunId })).toBe(A);
      expect(await store.streamOf({ run: 'r2' as RunId })).toBe(B);
      expect(await store.streamOf({ token: 't1' })).toBe(A);
      expect(await store.streamOf({ token: 't2' })).toBe(B);
    });

    test('what nobody has is not found, and a run is no token', async () => {
      const { store } = current();
      await write(store, A, [opened(), started('r1'), shown('t1')]);
      expect(await store.streamOf({ run: 't1' as RunId })).toBeNull();
      expect(await store.streamOf({ token: 'r1' })).toBeNull();
      expect(await store.streamOf({ channel: 'C09' })).toBeNull();
    });

    test('a channel leads to its open incident, else to the one that was opened there last', async () => {
      const { store } = current();
      await write(store, A, [opened(), linked('C01'), closed()], 10);
      expect(await store.streamOf({ channel: 'C01' })).toBe(A);
      await write(store, B!, [opened(), linked('C01')], 20);
      await write(store, C!, [opened(), linked('C01'), closed()], 30);
      expect(await store.streamOf({ channel: 'C01' })).toBe(B);
      await write(store, B!, [closed()], 40);
      expect(await store.streamOf({ channel: 'C01' })).toBe(C);
    });

    test('an incident that was linked to another channel is no longer found by the first', async () => {
      const { store } = current();
      await write(store, A, [opened(), linked('C01')]);
      await write(store, A, [linked('C02')]);
      expect(await store.streamOf({ channel: 'C01' })).toBeNull();
      expect(await store.streamOf({ channel: 'C02' })).toBe(A);
    });
  });
}
