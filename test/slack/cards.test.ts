import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { validateMessageBlocks, validateView } from '../../src/demo/slack/schema/index.ts';
import { CARDS as MOST } from './card-samples.ts';
import { PAGE_CARDS } from './page-samples.ts';

const CARDS = { ...MOST, ...PAGE_CARDS };
const FOLDER = path.resolve('test/golden/slack');

describe('what people read', () => {
  test.each(Object.entries(CARDS))('%s', async (name, card) => {
    await expect(`${JSON.stringify(card, null, 2)}\n`).toMatchFileSnapshot(path.join(FOLDER, `${name}.json`));
  });

  test('every golden file is one of these', async () => {
    const files = await readdir(FOLDER);
    expect(files.toSorted()).toEqual(
      Object.keys(CARDS)
        .map((name) => `${name}.json`)
        .toSorted(),
    );
  });
});

describe('Slack takes', async () => {
  const files = await readdir(FOLDER);
  test.each(files)('%s', async (file) => {
    const card = JSON.parse(await readFile(path.join(FOLDER, file), 'utf8')) as Record<string, unknown>;
    expect(card['type'] === undefined ? validateMessageBlocks(card['blocks']) : validateView(card)).toEqual([]);
    expect(card['text'] ?? card['type']).toMatch(/\S/);
  });
});
