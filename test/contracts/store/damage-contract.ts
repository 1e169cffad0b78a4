import { describe, expect, test } from 'vitest';
import { JournalBroken } from '../../../src/core/journal-broken.ts';
import { closed, finished, linked, opened, shown, started } from './happenings.ts';
import { LATER_FOLDS, stream, withoutTypes, write } from './subject.ts';
import type { Subject } from './subject.ts';

const A = stream('a');

/** Every way to change a journal of three events, and the event at which that is noticed. */
const DAMAGES: readonly (readonly [what: string, sql: string, seq: number, says: string])[] = [
  ['an edited body', `update events set body = replace(body, 'cold', 'warm') where seq = 1`, 1, 'is not what it was'],
  ['a body that is no JSON', `update events set body = '{' where seq = 2`, 2, 'no JSON'],
  ['an edited time', `update events set at = at + 1 where seq = 2`, 2, 'is not what it was'],
  ['an edited type', `update events set type = 'incident-closed' where seq = 2`, 2, 'is not what it was'],
  ['an edited hash', `update events set hash = prev where seq = 2`, 2, 'is not what it was'],
  ['a cut tie', `update events set prev = hash where seq = 2`, 2, 'not tied'],
  ['a first event that is gone', `delete from events where seq = 1`, 1, 'missing'],
  ['an event that is gone', `delete from events where seq = 2`, 2, 'missing'],
  ['a last event that is gone', `delete from events where seq = 3`, 3, 'missing'],
];

export function damageContract(current: () => Subject): void {
  async function threeEvents(): Promise<void> {
    await write(current().store, A, [opened(), linked('C01'), shown('t1')]);
    expect(await current().store.verify()).toEqual([]);
  }

  describe('a changed event', () => {
    test.each(DAMAGES)('%s is found by verify', async (_, sql, seq, says) => {
      await threeEvents();
      await current().meddle(sql);
      const findings = await current().store.verify();
      expect(findings).toContainEqual(expect.objectContaining({ stream: A, says: expect.stringMatching(says) }));
      expect(Math.min(...findings.map((finding) => finding.seq ?? Infinity))).toBeGreaterThanOrEqual(seq - 1);
    });

    test.each(DAMAGES)(
      '%s is found when the stream is folded anew, and does not keep the store from opening',
      async (_, sql, seq, says) => {
        await threeEvents();
        await current().meddle(sql);
        const store = await current().reopen(LATER_FOLDS);
        const error = await store.load(A).catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(JournalBroken);
        expect(error).toMatchObject({ stream: A, seq, message: expect.stringContaining(says) });
        await expect(write(store, A, [closed()])).rejects.toThrow(JournalBroken);
        expect(current().logged).toContain('a stream is broken and is left alone');
      },
    );

    test('the last event is checked by every load and every append', async () => {
      await threeEvents();
      await current().meddle(`update events set body = replace(body, 't1', 't2') where seq = 3`);
      await expect(current().store.load(A)).rejects.toThrow(JournalBroken);
    });

    test('a reader of all events is not given a broken chain', async () => {
      await threeEvents();
      await current().meddle(`update events set body = replace(body, 'cold', 'warm') where seq = 1`);
      await expect(current().store.events(A)).rejects.toThrow(JournalBroken);
    });

    test('one broken stream leaves the others usable', async () => {
      await threeEvents();
      await current().meddle(`update events set at = 0 where seq = 3`);
      expect(await write(current().store, stream('b'), [opened()])).toBe(1);
    });
  });

  describe('what is computed from the events', () => {
    test.each([
      ['edited', `update streams set snapshot = replace(snapshot, 'cold', 'warm')`],
      ['cut', `update streams set snapshot = substr(snapshot, 1, 20)`],
      ['made older', `update streams set snapshot_seq = 1`],
      ['made newer than the journal', `update streams set snapshot_seq = 9`],
    ])('a snapshot that was %s is found by verify and never used', async (_, sql) => {
      await threeEvents();
      await current().meddle(sql);
      expect(await current().store.verify()).toMatchObject([{ stream: A, says: expect.stringContaining('snapshot') }]);
      expect(await current().store.load(A)).toMatchObject({ seq: 3, state: { title: 'Cache is cold', channel: { id: 'C01' } } });
      expect(await write(current().store, A, [closed()])).toBe(4);
      expect(await current().store.verify()).toEqual([]);
    });

    test('a damaged snapshot is logged', async () => {
      await threeEvents();
      await current().meddle(`update streams set snapshot = replace(snapshot, 'cold', 'warm')`);
      await current().store.load(A);
      expect(current().logged).toEqual([expect.stringContaining('snapshot')]);
    });

    test.each([
      ['another status', `update streams set status = 'closed'`, 'status'],
      ['another due time', `update streams set next_due_at = 5`, 'next_due_at'],
      ['another channel', `update streams set channel = 'C09'`, 'channel'],
      ['a token that is not listed', `delete from lookups`, 'token t1'],
      ['a token that is nowhere', `insert into lookups (kind, key, stream) values ('token', 't9', '${A}')`, 'token t9'],
    ])('%s is found by verify', async (_, sql, says) => {
      await threeEvents();
      await current().meddle(sql);
      expect(await current().store.verify()).toMatchObject([{ stream: A, says: expect.stringContaining(says) }]);
    });

    test('a stream with events of a newer version is a finding, since its state can not be checked', async () => {
      await threeEvents();
      const store = await current().reopen(withoutTypes('channel-linked'));
      expect(await store.verify()).toMatchObject([{ stream: A, seq: 2, says: expect.stringContaining('newer Rollbot') }]);
    });
  });

  describe('claims', () => {
    const locked = [opened(), started('r1', ['worker:api'])];

    test.each([
      ['of a run that nobody has started', `update claims set holder = 'r9'`, 'claimed by r9'],
      ['that an open run has lost', `delete from claims`, 'Run r1 is open and needs 1'],
    ])('a claim %s is found by verify', async (_, sql, says) => {
      await write(current().store, A, locked, 1, { take: [{ key: 'staging/worker:api', holder: 'r1' }] });
      expect(await current().store.verify()).toEqual([]);
      await current().meddle(sql);
      expect((await current().store.verify()).map((finding) => finding.says)).toContainEqual(expect.stringContaining(says));
    });

    test('a claim of a run that is finished is found by verify', async () => {
      const { store } = current();
      await write(store, A, locked, 1, { take: [{ key: 'staging/worker:api', holder: 'r1' }] });
      await write(store, A, [finished('r1')], 2);
      expect(await store.verify()).toMatchObject([{ says: expect.stringContaining('no run that is still open') }]);
      await store.append([], { giveBack: ['r1'] }, 3 as never);
      expect(await store.verify()).toEqual([]);
    });
  });
}
