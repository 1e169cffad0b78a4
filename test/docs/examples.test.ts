import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { generatedFiles } from '../../src/catalog/index.ts';
import { Check, Procedure, Step } from '../../src/core/procedure/schema.ts';
import { Rehearsal } from '../../src/core/rehearsal/schema.ts';
import { Settings } from '../../src/core/settings.ts';

/** What stands after ```yaml says what it is an example of; what is of another program is not ours to judge. */
const SHAPES: Readonly<Record<string, z.ZodType | null>> = {
  settings: Settings.partial(),
  procedure: Procedure,
  rehearsal: Rehearsal,
  steps: z.array(Step),
  checks: z.array(Check),
  other: null,
};

const PAGES = ['README.md', ...globSync('docs/**/*.md')].filter((page) => !Object.hasOwn(generatedFiles(), page)).toSorted();
const EXAMPLES = PAGES.flatMap((page) => fencesOf(readFileSync(page, 'utf8')).map((fence) => ({ page, ...fence })));

type Fence = { readonly line: number; readonly language: string; readonly shape: string; readonly text: string };

function fencesOf(markdown: string): readonly Fence[] {
  return [...markdown.matchAll(/^```(\w+)(?: (\w+))?\n([\s\S]*?)^```$/gm)].map(
    ({ index, 1: language = '', 2: shape = '', 3: text = '' }) => ({
      line: markdown.slice(0, index).split('\n').length,
      language,
      shape,
      text,
    }),
  );
}

describe('each example in YAML is one that Rollbot takes', () => {
  test.each(EXAMPLES.filter(({ language }) => language === 'yaml'))('$page:$line', ({ shape, text }) => {
    expect(Object.keys(SHAPES), 'a word after ```yaml says what it is an example of').toContain(shape);
    const document = parseDocument(text);
    expect(document.errors).toEqual([]);
    const read = SHAPES[shape]?.safeParse(document.toJS());
    expect(read?.error ? z.prettifyError(read.error) : null).toBeNull();
  });
});

describe('each example in JSON is one', () => {
  test.each(EXAMPLES.filter(({ language }) => language === 'json'))('$page:$line', ({ text }) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  });
});

describe('what a page links to is there', () => {
  const all = [...PAGES, ...Object.keys(generatedFiles()).filter((name) => name.endsWith('.md')), 'ARCHITECTURE.md', 'CONTRIBUTING.md'];
  test.each(all)('%s', (page) => {
    const missing = linksOf(page).filter(({ file, anchor }) => !isThere(file, anchor));
    expect(missing).toEqual([]);
  });
});

type Link = { readonly file: string; readonly anchor: string | null };

function linksOf(page: string): readonly Link[] {
  const prose = textOf(page).replaceAll(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(({ 1: path = '', 2: anchor }) => ({
    file: path === '' ? page : new URL(path, `file:///${page}`).pathname.slice(1),
    anchor: anchor ?? null,
  }));
}

function isThere(file: string, anchor: string | null): boolean {
  const there = globSync(file).length > 0;
  if (!there || anchor === null) return there;
  const headings = [...textOf(file).matchAll(/^#+ (.*)$/gm)].map(({ 1: heading = '' }) => heading);
  return headings.some((heading) => anchorOf(heading) === anchor);
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

function textOf(page: string): string {
  return readFileSync(page, 'utf8');
}
