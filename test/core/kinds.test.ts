import { expect, test } from 'vitest';
import type { StreamId } from '../../src/core/brand.ts';
import { isOfKind, KINDS, kindOf } from '../../src/core/kinds.ts';

test('a stream says by its id which rules are its own', () => {
  expect(kindOf('incident/k7m2xq' as StreamId)).toBe('incident');
  expect(kindOf('component/staging/worker:api' as StreamId<'component'>)).toBe('component');
  expect(isOfKind('incidental/a' as StreamId<string>, 'incident')).toBe(false);
});

test('no two kinds have the same fold version, so that no snapshot can be taken for one of another kind', () => {
  const versions = Object.values(KINDS).map(({ version }) => version);
  expect(new Set(versions).size).toBe(versions.length);
});
