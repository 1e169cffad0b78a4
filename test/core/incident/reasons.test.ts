import { expect, test } from 'vitest';
import { reasonSaid } from '../../../src/core/incident/said.ts';

const TOKEN = `xoxb-${'1234567890'.repeat(3)}-abcdefghij`;

test.each([
  ['nothing was said', null, null],
  ['a reason', ' the shop is slow ', 'the shop is slow'],
  ['an empty reason', '  ', ''],
])('%s', (_, reason, kept) => expect(reasonSaid(reason)).toBe(kept));

test('a token that somebody has pasted is not kept, and neither is more than can be read', () => {
  expect(reasonSaid(`because ${TOKEN} was in it`)).not.toContain(TOKEN);
  expect(reasonSaid('a b '.repeat(1000))).toHaveLength(1000);
});
