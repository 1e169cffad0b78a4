import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const FILES = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => path.join(entry.parentPath, entry.name));

type Import = { readonly from: string; readonly to: string };

const IMPORTS: readonly Import[] = FILES.flatMap((file) =>
  [...read(file).matchAll(/^\s*(?:import|export)\s[^;]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm)].map((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    return { from: file, to: name.startsWith('.') ? path.join(path.dirname(file), name) : name };
  }),
);

/** The folder of `src/` that a file is in; null for the files beside the rooms, and for the terminal's commands, where rooms meet as in `app.ts`. */
function roomOf(file: string): string | null {
  const parts = file.split('/');
  return parts[0] === 'src' && parts.length > 2 && parts[1] !== 'cli' ? (parts[1] ?? null) : null;
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}

function say({ from, to }: Import): string {
  return `${from} imports ${to}`;
}

describe('who may import whom', () => {
  test('this test sees imports', () => {
    expect(IMPORTS.length).toBeGreaterThan(1000);
    expect(IMPORTS.every(({ to }) => to !== '')).toBe(true);
  });

  test('rooms import only core and themselves', () => {
    const strangers = IMPORTS.filter(({ from, to }) => {
      const [room, other] = [roomOf(from), roomOf(to)];
      return room !== null && other !== null && other !== room && other !== 'core';
    });
    expect(strangers.map(say)).toEqual([]);
  });

  test('no room imports what is built from rooms', () => {
    const upwards = IMPORTS.filter(({ from, to }) => roomOf(from) !== null && to.startsWith('src/') && roomOf(to) === null);
    expect(upwards.map(say)).toEqual([]);
  });

  // Temporal is arithmetic with zones, as pure as zod; its clock, Temporal.Now, is forbidden below.
  test('core imports zod, temporal-polyfill, createHash and itself', () => {
    const pure = ['zod', 'temporal-polyfill'];
    const outside = IMPORTS.filter(({ from, to }) => roomOf(from) === 'core' && roomOf(to) !== 'core' && !pure.includes(to));
    expect(outside.map(say)).toEqual(['src/core/digest.ts imports node:crypto']);
    expect(read('src/core/digest.ts')).toContain("import { createHash } from 'node:crypto'");
  });
});

describe('what must not be there', () => {
  test.each([
    ['a clock', /\bDate\.now\(|\bnew Date\(\)|\bTemporal\.Now\b|\bperformance\.|\bsetTimeout\(|\bsetInterval\(/],
    ['randomness', /\bMath\.random\(|\brandomUUID\(|\bgetRandomValues\(/],
    ['the process or the terminal', /\bprocess\.|\bconsole\./],
    ['anything that waits', /\basync |\bawait /],
  ])('in core: %s', (_what, pattern) => {
    expect(FILES.filter((file) => roomOf(file) === 'core' && pattern.test(withoutComments(file)))).toEqual([]);
  });

  test('a room for everything else', () => {
    const ours = FILES.filter((file) => !file.startsWith('src/demo/sandbox/platform/'));
    expect(ours.filter((file) => /\/(utils?|helpers?|common|services|misc)(\/|\.ts$)/.test(file))).toEqual([]);
  });

  test('a file of more than 250 lines that does not say why', () => {
    expect(FILES.filter((file) => read(file).split('\n').length > 251 && !read(file).startsWith('/** Long because '))).toEqual([]);
  });
});

function withoutComments(file: string): string {
  return read(file)
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
}
