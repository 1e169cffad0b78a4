import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const SAID = [...readFileSync('docs/troubleshooting.md', 'utf8').matchAll(/^### `(.+)`$/gm)].map(({ 1: text = '' }) => text);
const SOURCE = globSync('src/**/*.ts').map((file) => readFileSync(file, 'utf8'));

test.each(SAID)('Rollbot does say “%s”', (text) => {
  expect(SOURCE.some((code) => code.includes(text))).toBe(true);
});
