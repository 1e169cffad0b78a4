import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createCatalog, generatedFiles, schemas } from '../../src/catalog/index.ts';

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

test.each(Object.entries(generatedFiles()))('%s is what the code says; write it anew with "npm run schema"', async (file, text) => {
  expect(await readFile(file, 'utf8')).toBe(text);
});

test('the procedures and settings of this repository have no mistake', async () => {
  const opened = await createCatalog({ proceduresFolder: 'procedures', settingsFile: 'rollbot.yml', log: QUIET });
  expect(opened.status === 'ready' ? opened.catalog.mistakes() : opened.mistakes).toEqual([]);
});

test('each of them tells editors where its schema is', async () => {
  for (const [file, schema] of [
    ['procedures/cache.yml', './procedure.schema.json'],
    ['procedures/cache.rehearsal.yml', './rehearsal.schema.json'],
    ['rollbot.yml', './rollbot.schema.json'],
  ] as const) {
    expect((await readFile(file, 'utf8')).split('\n')[0]).toBe(`# yaml-language-server: $schema=${schema}`);
  }
});

test('every key of a schema that editors complete is explained or named so that it explains itself', async () => {
  const schema = parse(schemas()['procedures/procedure.schema.json'] ?? '') as { definitions: Record<string, { description?: string }> };
  const named = Object.entries(schema.definitions).filter(([name]) => !name.startsWith('__'));
  expect(named.map(([name]) => name).toSorted()).toEqual(
    [
      'allow',
      'announce',
      'approve',
      'check',
      'expect',
      'file',
      'git',
      'http',
      'manual',
      'output',
      'param',
      'part',
      'probe',
      'redis',
      'releases',
      'run',
      'shell',
      'sql',
      'step',
      'undo',
      'wait',
      'when',
    ].toSorted(),
  );
  expect(named.filter(([, { description }]) => !description)).toEqual([]);
});
