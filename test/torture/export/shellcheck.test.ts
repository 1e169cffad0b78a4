import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { Settings } from '../../../src/core/settings.ts';

const { exports = [] } = Settings.parse(parse(await readFile('rollbot.yml', 'utf8')));

test.each(exports.map(({ file }) => file))('shellcheck finds nothing in %s', async (file) => {
  const { stdout } = await execa('shellcheck', [file], { reject: false });
  expect(stdout).toBe('');
});
