import { describe, expect, test } from 'vitest';
import type { ComponentFact } from '../../../src/core/component/event.ts';
import { linked, opened } from './happenings.ts';
import { at, component, stream, write } from './subject.ts';
import type { Subject } from './subject.ts';

const A = stream('a');
const B = stream('b');
const API = component('worker:api');
const SEEN: ComponentFact = { type: 'version-running', version: 'v1', how: 'ci', run: null };

export function summariesContract(current: () => Subject): void {
  describe('summaries', () => {
    test('are stale until they are as new as their stream, and again when it goes on or is computed otherwise', async () => {
      const { store } = current();
      await write(store, A, [opened()]);
      await write(store, B, [opened()]);
      await write(store, API, [SEEN]);
      expect([...(await store.staleSummaries('incident', 'v1'))].toSorted()).toEqual([A, B]);
      await store.saveSummary(A, { seq: 1, version: 'v1', summary: { runs: 0 } });
      expect(await store.staleSummaries('incident', 'v1')).toEqual([B]);
      await write(store, A, [linked('C01')]);
      await store.saveSummary(B, { seq: 1, version: 'v1', summary: null });
      expect(await store.staleSummaries('incident', 'v1')).toEqual([A]);
      expect([...(await store.staleSummaries('incident', 'v2'))].toSorted()).toEqual([A, B]);
    });

    test('are kept by kind, the last one of each stream, also after the store was opened anew', async () => {
      await write(current().store, A, [opened()]);
      await write(current().store, API, [SEEN]);
      await current().store.saveSummary(A, { seq: 1, version: 'v1', summary: { runs: 0 } });
      await current().store.saveSummary(A, { seq: 1, version: 'v2', summary: { runs: 1 } });
      await current().store.saveSummary(API, { seq: 1, version: 'v1', summary: 'api' });
      const store = await current().reopen();
      expect(await store.summaries('incident')).toEqual([{ stream: A, summary: { runs: 1 } }]);
      expect(await store.summaries('component')).toEqual([{ stream: API, summary: 'api' }]);
      expect(await store.verify()).toEqual([]);
    });
  });

  test('the store says how much it has, and how much has come in that nobody has dealt with', async () => {
    const { store } = current();
    expect(await store.size()).toEqual({ streams: 0, events: 0, inbox: 0 });
    await write(store, A, [opened(), linked('C01')]);
    await write(store, API, [SEEN]);
    await store.accept('k1', 'command /rollback', {}, at(1));
    await store.accept('k2', 'command /rollback', {}, at(1));
    await store.settleInbox('k1', at(2));
    expect(await store.size()).toEqual({ streams: 2, events: 3, inbox: 1 });
  });
}
