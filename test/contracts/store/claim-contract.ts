import { describe, expect, test } from 'vitest';
import type { AppendResult, ClaimChange } from '../../../src/core/ports.ts';
import { opened } from './happenings.ts';
import { at, stream, tally } from './subject.ts';
import type { Subject } from './subject.ts';

export function claimContract(current: () => Subject): void {
  async function change(claims: ClaimChange, now = 1): Promise<AppendResult> {
    return await current().store.append([], claims, at(now));
  }

  describe('claims', () => {
    test('what is free is taken, with the time since when', async () => {
      expect(await change({ take: [claim('worker:api', 'r1'), claim('repo:main', 'r1')] }, 5)).toEqual({ status: 'ok', seqs: {} });
      expect(await current().store.claims()).toEqual([
        { key: 'repo:main', holder: 'r1', since: 5 },
        { key: 'worker:api', holder: 'r1', since: 5 },
      ]);
    });

    test('what another has is not taken: the answer names it, and nothing at all is written', async () => {
      await change({ take: [claim('worker:api', 'r1')] }, 5);
      const writes = [{ stream: stream('a'), expectedSeq: 0, facts: [opened()] }];
      const take = [claim('repo:main', 'r2'), claim('worker:api', 'r2')];
      const result = await current().store.append(writes, { take }, at(9));
      expect(result).toEqual({ status: 'held', key: 'worker:api', by: 'r1', since: 5 });
      expect(await current().store.claims()).toHaveLength(1);
      expect(await current().store.events(stream('a'))).toEqual([]);
    });

    test('what its holder takes again it has since the first time', async () => {
      await change({ take: [claim('worker:api', 'r1')] }, 5);
      expect(await change({ take: [claim('worker:api', 'r1'), claim('repo:main', 'r1')] }, 9)).toMatchObject({ status: 'ok' });
      expect(await current().store.claims()).toMatchObject([
        { key: 'repo:main', since: 9 },
        { key: 'worker:api', since: 5 },
      ]);
    });

    test('a holder gives back everything that it has, and nobody else does', async () => {
      await change({ take: [claim('worker:api', 'r1'), claim('repo:main', 'r1'), claim('cache:main', 'r2')] });
      await change({ giveBack: ['r1', 'r3'] });
      expect(await current().store.claims()).toMatchObject([{ key: 'cache:main', holder: 'r2' }]);
    });

    test('a whole target is claimed only when nothing on it is, and then nothing on it can be', async () => {
      await change({ take: [claim('staging/worker:api', 'r1'), claim('production/cache:main', 'r2')] }, 5);
      expect(await change({ take: [claim('staging/*', 'r3')] })).toEqual({ status: 'held', key: 'staging/worker:api', by: 'r1', since: 5 });
      await change({ giveBack: ['r1'] });
      expect(await change({ take: [claim('staging/*', 'r3')] }, 7)).toMatchObject({ status: 'ok' });
      expect(await change({ take: [claim('staging/repo:main', 'r4')] })).toEqual({ status: 'held', key: 'staging/*', by: 'r3', since: 7 });
      expect(await change({ take: [claim('staging/*', 'r4')] })).toMatchObject({ status: 'held', by: 'r3' });
      expect(await change({ take: [claim('production/repo:main', 'r4')] })).toMatchObject({ status: 'ok' });
    });

    test('a claim changes hands in one append', async () => {
      await change({ take: [claim('worker:api', 'r1')] }, 5);
      expect(await change({ giveBack: ['r1'], take: [claim('worker:api', 'r2')] }, 9)).toMatchObject({ status: 'ok' });
      expect(await current().store.claims()).toEqual([{ key: 'worker:api', holder: 'r2', since: 9 }]);
    });

    test('who gives back in the append in which it takes has nothing afterwards', async () => {
      await change({ take: [claim('worker:api', 'r1')], giveBack: ['r1'] });
      expect(await current().store.claims()).toEqual([]);
    });

    test('of many that want the same at once, one gets it', async () => {
      const wishes = Array.from({ length: 10 }, (_, index) => ({ take: [claim('worker:api', `r${index}`)] }));
      expect(tally(await Promise.all(wishes.map(async (each) => await change(each))))).toEqual({ ok: 1, held: 9 });
      expect(await current().store.claims()).toHaveLength(1);
    });
  });
}

function claim(key: string, holder: string): { key: string; holder: string } {
  return { key, holder };
}
