import { expect, test } from 'vitest';
import { createCatalog } from '../../src/catalog/index.ts';
import { rehearseAll } from '../../src/cli/rehearsing.ts';

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };
const opened = await createCatalog({ proceduresFolder: 'procedures', settingsFile: 'rollbot.yml', log: QUIET });
if (opened.status !== 'ready') throw new Error('rollbot.yml has a mistake');
const { catalog } = opened;
const { rehearsed, mistakes } = await rehearseAll('procedures', catalog);

test('each procedure has a rehearsal, and none has a mistake', () => {
  expect(mistakes).toEqual([]);
  expect(rehearsed.map(({ procedure }) => procedure)).toEqual(catalog.procedures().map(({ id }) => id));
});

test.each(rehearsed)('$procedure goes as its rehearsal says, and keeps its promises whatever goes wrong', ({ performances }) => {
  const wrong = performances.filter(({ differs }) => differs.length > 0);
  expect(wrong.map(({ scenario, params, differs, order }) => ({ scenario, params, differs, order }))).toEqual([]);
});
