import { expect, test } from 'vitest';
import type { StreamId } from '../../src/core/brand.ts';
import { LIST } from '../../src/slack/followups/messages.ts';
import { pass } from '../../src/slack/pass.ts';
import type { PassParts } from '../../src/slack/pass.ts';

const STREAM = 'followup/k7m2xq' as StreamId<string>;

/** A pass over follow-ups: whether their list stands there, and which streams have older things to say. */
async function passWhere(list: 'new' | 'posted', behind: readonly string[]) {
  const looked: string[] = [];
  const parts = {
    isBehind: (stream: string) => behind.includes(stream),
    store: {
      message: async (_: string, key: string) => await Promise.resolve(list === 'posted' && key === LIST ? { status: 'posted' } : null),
      async load(stream: string) {
        looked.push(stream);
        return await Promise.resolve({ state: { status: 'none' }, seq: 0, readOnly: null });
      },
    },
  } as unknown as PassParts;
  const { outcome } = await pass(parts, STREAM);
  return { status: outcome.status, looked };
}

test('the list of follow-ups waits until its incident has said what is older', async () => {
  expect(await passWhere('new', ['incident/k7m2xq'])).toEqual({ status: 'later', looked: [] });
  expect(await passWhere('new', ['incident/another'])).toEqual({ status: 'done', looked: [STREAM] });
});

test('a list that stands there already is brought up to date at once', async () => {
  expect(await passWhere('posted', ['incident/k7m2xq'])).toEqual({ status: 'done', looked: [STREAM] });
});
