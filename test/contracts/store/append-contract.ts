import { describe, expect, test } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import type { Json } from '../../../src/core/digest.ts';
import type { IncidentFact } from '../../../src/core/incident/event.ts';
import { closed, linked, opened, shown, started } from './happenings.ts';
import { at, stream, tally, timesOf, write } from './subject.ts';
import type { Subject } from './subject.ts';

const A = stream('a');
const B = stream('b');

export function appendContract(current: () => Subject): void {
  describe('append', () => {
    test('what was appended is read back as it was, in order and with a time', async () => {
      const { store } = current();
      const facts = [opened('Größe & <b> "quoted" \u0000 \u2028 😀'), started('r1'), linked('C01')];
      const result = await store.append([{ stream: A, expectedSeq: 0, facts }], {}, at(1000));
      expect(result).toEqual({ status: 'ok', seqs: { [A]: 3 } });
      const events = await store.events(A);
      expect(events.map(({ event }) => event)).toEqual(facts.map((fact) => ({ ...fact, at: 1000 })));
      expect(events.map(({ stream: of, seq }) => [of, seq])).toEqual([1, 2, 3].map((seq) => [A, seq]));
    });

    test('each event is tied to the one before it by a hash that anybody can compute', async () => {
      const { store } = current();
      await write(store, A, [opened()]);
      await write(store, A, [linked('C01')]);
      let prev: string | null = null;
      for (const { seq, event, hash } of await store.events(A)) {
        expect(hash).toBe(digestOf({ prev, stream: A, seq, event: event as Json }));
        prev = hash;
      }
    });

    test('several streams are written together', async () => {
      const { store } = current();
      const writes = [A, B].map((each) => ({ stream: each, expectedSeq: 0, facts: [opened()] }));
      expect(await store.append(writes, {}, at(1))).toEqual({ status: 'ok', seqs: { [A]: 1, [B]: 1 } });
    });

    test('a conflict in one stream leaves all of them as they were', async () => {
      const { store } = current();
      await write(store, B, [opened()]);
      const writes = [A, B].map((each) => ({ stream: each, expectedSeq: 0, facts: [opened()] }));
      const claims = { take: [{ key: 'worker:api', holder: 'r1' }] };
      expect(await store.append(writes, claims, at(1))).toEqual({ status: 'conflict' });
      expect(await store.events(A)).toEqual([]);
      expect(await store.claims()).toEqual([]);
    });

    test.each([[0], [2], [99]])('a writer that has seen %i of one event is told of the conflict', async (expectedSeq) => {
      const { store } = current();
      await write(store, A, [opened()]);
      expect(await store.append([{ stream: A, expectedSeq, facts: [closed()] }], {}, at(1))).toEqual({ status: 'conflict' });
    });

    test('of writers at the same moment exactly one gets through', async () => {
      const { store } = current();
      const writes = Array.from({ length: 20 }, (_, index) => [{ stream: A, expectedSeq: 0, facts: [opened(`Incident ${index}`)] }]);
      const results = await Promise.all(writes.map(async (each) => await store.append(each, {}, at(1))));
      expect(tally(results)).toEqual({ ok: 1, conflict: 19 });
      expect(await store.events(A)).toHaveLength(1);
    });

    test('of two handles that have seen the same, the second is told of the conflict', async () => {
      const first = current().store;
      const second = await current().second();
      const seen = [await first.load(A), await second.load(A)].map(({ seq }) => seq);
      const results = [
        await first.append([{ stream: A, expectedSeq: seen[0]!, facts: [opened('First')] }], {}, at(1)),
        await second.append([{ stream: A, expectedSeq: seen[1]!, facts: [opened('Second')] }], {}, at(1)),
      ];
      expect(results.map(({ status }) => status)).toEqual(['ok', 'conflict']);
      expect(await second.load(A)).toMatchObject({ seq: 1, state: { title: 'First' } });
    });

    test('the time of an event is never before that of the event before it', async () => {
      const { store } = current();
      await write(store, A, [opened()], 5000);
      await write(store, A, [linked('C01')], 3000);
      await write(store, A, [shown('t1'), closed()], 6000);
      expect(await timesOf(store, A)).toEqual([
        ['incident-opened', 5000],
        ['channel-linked', 5000],
        ['approval-shown', 6000],
        ['incident-closed', 6000],
      ]);
    });

    test('a write without events only asks whether the stream is still where it was', async () => {
      const { store } = current();
      await write(store, A, [opened()]);
      const appendTo = async (expectedSeq: number) => await store.append([{ stream: A, expectedSeq, facts: [] }], {}, at(1));
      expect(await appendTo(1)).toEqual({ status: 'ok', seqs: { [A]: 1 } });
      expect(await appendTo(0)).toEqual({ status: 'conflict' });
    });

    test('an event that the writer itself does not know is refused', async () => {
      const { store } = current();
      const fact = { type: 'incident-exploded' } as never as IncidentFact;
      await expect(store.append([{ stream: A, expectedSeq: 0, facts: [fact] }], {}, at(1))).rejects.toThrow('incident-exploded');
    });

    test('the same stream twice in one append is refused', async () => {
      const part = { stream: A, expectedSeq: 0, facts: [opened()] };
      await expect(current().store.append([part, part], {}, at(1))).rejects.toThrow('twice');
    });

    test.each([
      ['run', started('r1')],
      ['token', shown('t1')],
    ])('a %s that belongs to another stream is refused, and nothing is written', async (_, fact) => {
      const { store } = current();
      await write(store, A, [opened(), fact]);
      await expect(write(store, B, [opened(), fact])).rejects.toThrow(`belongs to ${A} already`);
      expect(await store.events(B)).toEqual([]);
    });
  });
}
