import { expect, test } from 'vitest';
import { fillAction } from '../../src/core/fill.ts';
import type { FillContext } from '../../src/core/fill.ts';
import type { Action } from '../../src/core/procedure/action.ts';
import { Procedure } from '../../src/core/procedure/schema.ts';

const context: FillContext = { run: 'r', params: { word: 'a|b' }, target: { env: 'eu.west-1 (x)' }, secrets: [], outputs: {} };

function patternOf(pattern: string): unknown {
  const edits = [{ file: 'wrangler.toml', find: { pattern }, with: 'y', count: 1 }];
  const action: Action = { kind: 'git-restore', repo: '/r', paths: [], onto: 'c', message: 'm', edits };
  const filled = fillAction(action, context);
  const find = filled.kind === 'git-restore' ? filled.edits?.[0]?.find : undefined;
  return find && 'pattern' in find ? find.pattern : undefined;
}

test.each([
  ['^\\[env\\.${target.env}\\]$', '[env.eu.west-1 (x)]', '[env.euxwest-1 (x)]'],
  ['^${params.word}$', 'a|b', 'a'],
])('what is filled into %s stands for itself', (pattern, found, other) => {
  const made = new RegExp(String(patternOf(pattern)), 'gm');
  expect(found.match(made)).toEqual([found]);
  expect(other.match(made)).toBeNull();
});

test.each([
  ['^${target.env}$', true],
  ['^(?:${params.word}|x)$', true],
  ['^(${target.env}$', false],
  ['${secrets.token}', false],
  ['${steps.a.b}', false],
])('%s is a pattern: %s', (pattern, fits) => {
  const git = { edit: [{ file: 'a.txt', pattern, with: 'x' }], onto: 'c', repo: '/r' };
  const verify = [{ title: 'It is there', run: ['true'] }];
  const procedure = {
    title: 'Edit',
    about: 'Edits a file.',
    component: 'C',
    locks: ['a:b'],
    steps: [{ id: 'edit', title: 'Edit it', git }],
    verify,
  };
  expect(Procedure.safeParse(procedure).success).toBe(fits);
});
