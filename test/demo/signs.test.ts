import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withSigns } from '../../src/demo/auto/signs.ts';

const SIGNS_OF_THE_PAGE = '../../src/demo/page/client/signs.js';
const { isDrawn } = (await import(SIGNS_OF_THE_PAGE)) as { isDrawn: (name: string) => boolean };

const USED = [
  ...new Set(
    globSync('src/{slack,core}/**/*.ts').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?<=[\s'"`(]):([a-z][a-z_]+):(?=[\s'"`)])/g)].map(([, name = '']) => name),
    ),
  ),
];

test.each(USED)('the demo draws :%s:, on its page and in the terminal', (name) => {
  expect(isDrawn(name)).toBe(true);
  expect(withSigns(`:${name}:`)).not.toContain(name);
});
