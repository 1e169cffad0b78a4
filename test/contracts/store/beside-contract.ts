import { describe, expect, test } from 'vitest';
import type { RunId, StepId } from '../../../src/core/brand.ts';
import type { MessageRow, OutputKey } from '../../../src/core/ports.ts';
import { createBounds, OUTPUT_BOUNDS } from '../../../src/core/output.ts';
import { digest } from './happenings.ts';
import { at, stream } from './subject.ts';
import type { Subject } from './subject.ts';

const MOST_BYTES = 256 * 1024;

export function besideContract(current: () => Subject): void {
  describe('the inbox', () => {
    test('a key is accepted once, and its first body is kept', async () => {
      const { store } = current();
      expect(await store.accept('k1', 'click', { token: 't1' }, at(5))).toBe(true);
      expect(await store.accept('k1', 'click', { token: 't2' }, at(6))).toBe(false);
      expect(await store.pendingInbox()).toEqual([{ key: 'k1', kind: 'click', body: { token: 't1' }, at: 5 }]);
    });

    test('of the same key many times at once, one is accepted', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, async () => await current().store.accept('k1', 'click', null, at(1))));
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    test('what waits comes in the order in which it came in, whatever the clock said', async () => {
      const { store } = current();
      for (const [key, time] of [
        ['k3', 5],
        ['k1', 5],
        ['k2', 4],
      ] as const)
        await store.accept(key, 'click', null, at(time));
      await store.settleInbox('k1', at(6));
      await store.accept('k0', 'click', null, at(5));
      expect((await store.pendingInbox()).map(({ key }) => key)).toEqual(['k3', 'k2', 'k0']);
    });

    test('what waits can be asked for by its kind, and not more of it than somebody can take', async () => {
      const { store } = current();
      for (const [key, kind] of [
        ['k1', 'click'],
        ['k2', 'alert'],
        ['k3', 'alert'],
        ['k4', 'odd'],
      ] as const)
        await store.accept(key, kind, null, at(1));
      const keys = async (options: Parameters<typeof store.pendingInbox>[0]): Promise<readonly string[]> =>
        (await store.pendingInbox(options)).map(({ key }) => key);
      expect(await keys({ kinds: ['alert'] })).toEqual(['k2', 'k3']);
      expect(await keys({ kinds: ['alert'], limit: 1 })).toEqual(['k2']);
      expect(await keys({ except: ['alert', 'odd'] })).toEqual(['k1']);
    });

    test('what is dropped is not known any more', async () => {
      const { store } = current();
      const keys = Array.from({ length: 1200 }, (_, index) => `k${index}`);
      await store.accept('k7', 'click', null, at(1));
      await store.accept('other', 'click', null, at(1));
      await store.dropInbox(keys);
      expect((await store.pendingInbox()).map(({ key }) => key)).toEqual(['other']);
      expect(await store.accept('k7', 'click', null, at(2))).toBe(true);
    });

    test('a settled key is still known, until it is pruned', async () => {
      const { store } = current();
      await store.accept('k1', 'click', null, at(1));
      await store.accept('k2', 'click', null, at(1));
      await store.settleInbox('k1', at(10));
      await store.settleInbox('k1', at(99));
      await store.settleInbox('nobody', at(10));
      await store.prune(at(10));
      expect(await store.accept('k1', 'click', null, at(11))).toBe(false);
      await store.prune(at(11));
      expect(await store.accept('k1', 'click', null, at(12))).toBe(true);
      expect((await store.pendingInbox()).map(({ key }) => key)).toEqual(['k2', 'k1']);
    });
  });

  describe('outputs', () => {
    const key: OutputKey = { run: 'r1' as RunId, step: 'clear' as StepId, attempt: 1 };

    test('each attempt has its own, and the last one saved counts', async () => {
      const { store } = current();
      await store.saveOutput(key, 'first');
      await store.saveOutput(key, 'Größe \u0000 \u001b[31m 😀\n');
      await store.saveOutput({ ...key, attempt: 2 }, '');
      expect(await store.readOutput(key)).toBe('Größe \u0000 \u001b[31m 😀\n');
      expect(await store.readOutput({ ...key, attempt: 2 })).toBe('');
      expect(await store.readOutput({ ...key, attempt: 3 })).toBeNull();
    });

    test.each(['x', 'é', '€', '😀'])('the longest output that a step can have is kept whole, of %j', async (char) => {
      const { store } = current();
      const bounds = createBounds(OUTPUT_BOUNDS);
      const text = bounds.push(char.repeat(300_000)) + bounds.end();
      await store.saveOutput(key, text);
      expect(await store.readOutput(key)).toBe(text);
    });

    test('as many bytes as are allowed are kept, and one more is refused', async () => {
      const { store } = current();
      const most = 'é'.repeat(MOST_BYTES / 2);
      await store.saveOutput(key, most);
      await expect(store.saveOutput(key, `${most}!`)).rejects.toThrow(`at most ${MOST_BYTES}`);
      expect(await store.readOutput(key)).toBe(most);
    });
  });

  describe('messages', () => {
    const posting: MessageRow = { status: 'posting', channel: 'C01', ts: null, digest: digest('1'), extra: { nonce: 'n1' } };
    const posted: MessageRow = { status: 'posted', channel: 'C01', ts: '1.2', digest: digest('2'), extra: null };

    test('a message is kept for its stream and key, and the last one saved counts', async () => {
      const { store } = current();
      await store.saveMessage(stream('a'), 'card', posting);
      expect(await store.message(stream('a'), 'card')).toEqual(posting);
      await store.saveMessage(stream('a'), 'card', posted);
      expect(await store.message(stream('a'), 'card')).toEqual(posted);
      expect(await store.message(stream('b'), 'card')).toBeNull();
      expect(await store.message(stream('a'), 'other')).toBeNull();
    });

    test('the messages of a stream come by key', async () => {
      const { store } = current();
      await store.saveMessage(stream('a'), 'thread', posting);
      await store.saveMessage(stream('a'), 'card', posted);
      await store.saveMessage(stream('b'), 'card', posting);
      expect(await store.messages(stream('a'))).toEqual([
        { ...posted, key: 'card' },
        { ...posting, key: 'thread' },
      ]);
      expect(await store.messages(stream('c'))).toEqual([]);
    });
  });

  describe('facts', () => {
    test.each([[{ team: 'T01', list: [1, 2.5, 'x', null] }], ['text'], [0], [false], [null]])(
      '%j is read back as it was set',
      async (value) => {
        const { store } = current();
        await store.setFact('workspace', 'before');
        await store.setFact('workspace', value);
        expect(await store.getFact('workspace')).toEqual(value);
      },
    );

    test('a fact that was never set is null', async () => {
      expect(await current().store.getFact('workspace')).toBeNull();
    });
  });
}
