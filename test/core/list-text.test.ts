import { describe, expect, test } from 'vitest';
import { fillAction, Unfillable } from '../../src/core/fill.ts';
import type { FillContext } from '../../src/core/fill.ts';
import type { Action, Tree } from '../../src/core/procedure/action.ts';
import { hasPlainLists } from '../../src/core/procedure/list-text.ts';

const CONTEXT: FillContext = {
  run: 'r1',
  params: { tags: 'prices, stock ,prices', one: 'a"], "purge_everything": true, "x": ["', comma: 'a,,b', secretive: '${secrets.token}' },
  target: { prefixes: 'shop.example/,www.shop.example/' },
  secrets: ['token'],
  outputs: {},
};

function filled(json: Tree<string>, context: FillContext = CONTEXT): unknown {
  const action: Action = { kind: 'http', method: 'POST', url: 'https://x/', headers: {}, json };
  const done = fillAction(action, context);
  return done.kind === 'http' ? done.json : undefined;
}

describe('a list in a body', () => {
  test.each([
    ['${params.tags}', ['prices', 'stock']],
    ['${target.prefixes}', ['shop.example/', 'www.shop.example/']],
    ['fixed', ['fixed']],
    ['${params.secretive}', ['${secrets.token}']],
  ])('has the items of %s, each once', (text, items) => {
    expect(filled({ what: { $list: text }, more: [{ $list: text }] })).toEqual({ what: items, more: [items] });
  });

  test('has items that stay texts, whatever stands in them', () => {
    const json = filled({ tags: { $list: '${params.one}' } });
    expect(json).toEqual({ tags: ['a"]', '"purge_everything": true', '"x": ["'] });
    expect(Object.keys(JSON.parse(JSON.stringify(json)) as object)).toEqual(['tags']);
  });

  test.each(['${params.comma}', '', ',', '${secrets.token}', '${params.none}'])(
    'is refused where an item is empty or not known: %j',
    (text) => {
      expect(() => filled({ tags: { $list: text } })).toThrow(Unfillable);
    },
  );

  test('shows what is not known yet as it stands', () => {
    expect(filled({ tags: { $list: '${params.none}' } }, { ...CONTEXT, lenient: true })).toEqual({ tags: ['${params.none}'] });
  });
});

test.each([
  [{ tags: { $list: 'a' } }, true],
  [[{ deep: [{ $list: 'a' }] }], true],
  [{ list: ['a'] }, true],
  [{ tags: { $list: ['a'] } }, false],
  [{ tags: { $list: 'a', more: 1 } }, false],
  [[{ deep: { $list: 3 } }], false],
] as const)('%j is written as it must be: %s', (json, plain) => {
  expect(hasPlainLists(json)).toBe(plain);
});
