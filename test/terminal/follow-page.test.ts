import { expect, test } from 'vitest';
import { evolve, INITIAL } from '../../src/core/page/evolve.ts';
import type { PageState } from '../../src/core/page/state.ts';
import type { Desk } from '../../src/terminal/verb.ts';
import { FOLLOW_PAGE } from '../../src/terminal/verbs/page/look.ts';
import { acting } from '../core/incident/cast.ts';
import { chain, MINUTE, openWalk, rung } from '../core/page/walk.ts';

type Told = { readonly seq: number; readonly news: readonly string[] };

test('what happens to a page while somebody reads how it stands is told the next time', async () => {
  const page = openWalk(chain([rung(5), rung(5)]));
  page.pass(6 * MINUTE);
  const { events, now } = page;
  /** Follows it where its state is that of so many events, and more are written while it is read. */
  const follow = async (loaded: number, after: number): Promise<Told> => {
    const state = events.slice(0, loaded).reduce<PageState>(evolve, INITIAL);
    const desk = {
      store: {
        load: async () => await Promise.resolve({ state, seq: loaded, readOnly: null }),
        events: async () => await Promise.resolve(events.map((event, index) => ({ event, seq: index + 1 }))),
      },
      clock: {
        now: () => now,
        after(_ms: number, then: () => void) {
          then();
          return () => {};
        },
      },
      pages: { onChange: () => () => {} },
    } as unknown as Desk;
    return (await FOLLOW_PAGE(acting('dana'), { page: 'p1', after }, desk)).data as unknown as Told;
  };
  const first = await follow(3, 0);
  expect(first.seq).toBe(3);
  const then = await follow(events.length, first.seq);
  const atOnce = await follow(events.length, 0);
  expect([...first.news, ...then.news]).toEqual(atOnce.news);
  expect(then.news.length).toBeGreaterThan(0);
});
