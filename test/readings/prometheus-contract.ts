import { describe, expect, test } from 'vitest';
import { realClock } from '../../src/clock.ts';
import type { Instant } from '../../src/core/brand.ts';
import type { MetricSource } from '../../src/core/reading/metric.ts';
import { isGap } from '../../src/core/reading/reading.ts';
import type { Reading } from '../../src/core/reading/reading.ts';
import { createSourceReader, readWindow } from '../../src/readings/source.ts';

type Source = Extract<MetricSource, { kind: 'prometheus' }>;
type Query = Partial<Pick<Source, 'query' | 'samples'>>;

const TWO = 'label_replace(vector(1), "a", "x", "", "") or label_replace(vector(2), "a", "y", "", "")';
const HALF_A_MINUTE = 30_000;

/** What holds of every Prometheus, the real one and the one that only speaks as it does. */
export function prometheusContract(url: () => string): void {
  const source = (query: Query): Source => ({ kind: 'prometheus', url: url(), query: 'vector(0.072)', headers: {}, ...query });
  const signal = new AbortController().signal;
  const read = async (query: Query): Promise<Reading> =>
    await createSourceReader(realClock)({ source: source(query), staleMs: HALF_A_MINUTE }, signal);
  const window = async (query: Query, everyMs = 15_000, spanMs = 60_000) => {
    const to = (Math.floor(Date.now() / 1000) * 1000) as Instant;
    const asked = { from: (to - spanMs) as Instant, to, everyMs };
    return { to, samples: await readWindow(source(query), asked, { clock: realClock, signal }) };
  };

  describe('the number of a query', () => {
    test('comes with its own time', async () => {
      const reading = await read({});
      expect(reading).toMatchObject({ value: 0.072 });
      expect(Math.abs(reading.at - Date.now())).toBeLessThan(HALF_A_MINUTE);
    });

    test('comes with the number of requests that it is drawn from', async () => {
      expect(await read({ samples: 'vector(1234)' })).toMatchObject({ value: 0.072, n: 1234 });
    });

    test('may be a scalar', async () => {
      expect(await read({ query: '0.5' })).toMatchObject({ value: 0.5 });
    });
  });

  test.each<[what: string, query: Query, why: RegExp]>([
    ['there is no series', { query: 'nothing_of_this_name' }, /^Prometheus has nothing for nothing_of_this_name: no such series/],
    ['there are several', { query: TWO }, /^Prometheus has 2 series for label_replace.*, and one is expected: add sum\(\)/],
    ['it is not a number', { query: 'vector(0) / 0' }, /^What Prometheus gives is NaN, which is no number\.$/],
    ['it is infinite', { query: 'vector(1) / 0' }, /^What Prometheus gives is \+Inf, which is no number\.$/],
    ['it is below nothing', { query: 'vector(-1)' }, /^It gives -1, which is no number that could be judged\.$/],
    ['it is a text', { query: '"text"' }, /^Prometheus answered 200 OK, and not as it does: \{"status":"success"/],
    ['the query is broken', { query: 'sum(' }, /^Prometheus refused sum\(: invalid parameter "query": /],
    ['nobody knows how many requests', { samples: 'nothing_of_this_name' }, /^Prometheus has nothing for nothing_of_this_name/],
    ['the number of requests is none', { samples: 'vector(0) / 0' }, /^The number of samples that Prometheus gives is NaN/],
  ])('there is no reading where %s', async (_, query, why) => {
    const reading = await read(query);
    expect(isGap(reading) ? reading.why : reading).toMatch(why);
  });

  describe('a window', () => {
    test('has the number of each moment', async () => {
      const { to, samples } = await window({ samples: 'vector(1234)' });
      const expected = [60, 45, 30, 15, 0].map((seconds) => ({ at: to - seconds * 1000, value: 0.072, n: 1234 }));
      expect(samples).toEqual(expected);
    });

    test('leaves out what is no number, and moments of which nobody knows the number of requests', async () => {
      expect((await window({ query: 'vector(0) / 0' })).samples).toEqual([]);
      expect((await window({ samples: 'nothing_of_this_name' })).samples).toEqual([]);
      expect((await window({ query: 'nothing_of_this_name' })).samples).toEqual([]);
    });

    test('has no more points than anybody can see', async () => {
      expect((await window({}, 1)).samples).toHaveLength(61);
      expect((await window({}, 1000, 2 * 60 * 60_000)).samples).toHaveLength(1001);
    });

    test('says why there is none', async () => {
      expect((await window({ query: TWO })).samples).toMatchObject({ why: expect.stringMatching(/^Prometheus has 2 series/) as string });
      expect((await window({ query: 'sum(' })).samples).toMatchObject({
        why: expect.stringMatching(/^Prometheus refused sum\(/) as string,
      });
    });
  });
}
