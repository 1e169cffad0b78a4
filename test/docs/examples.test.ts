import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { generatedFiles } from '../../src/catalog/index.ts';
import { Check, Procedure, Step } from '../../src/core/procedure/schema.ts';
import { Rehearsal } from '../../src/core/rehearsal/schema.ts';
import { Settings } from '../../src/core/settings.ts';
import { mistakesOf } from '../catalog/workplace.ts';

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

describe('each procedure, step and check passes rollbot check', () => {
  const judged = EXAMPLES.filter(({ shape }) => ['procedure', 'steps', 'checks'].includes(shape));
  test.each(judged)('$page:$line', async ({ shape, text }) => {
    const found = await mistakesOf({
      'rollbot.yml': settingsWith(text),
      'procedures/cache.yml': textOf('procedures/cache.yml'),
      'procedures/example.yml': shape === 'procedure' ? text : procedureAround(shape, text),
    });
    expect(found).toEqual([]);
  });
});

/** Of the shipped settings what procedures need; its targets have whatever an example refers to. */
function settingsWith(example: string): string {
  const { targets, shared, roles, start, channels, metrics } = parse(textOf('rollbot.yml')) as Shipped;
  for (const target of Object.values(targets)) {
    Object.assign(target.vars, Object.fromEntries(namesIn(example, 'target').map((name) => [name, 'https://example.com'])));
    Object.assign(
      target.secrets,
      Object.fromEntries(['database_url', ...namesIn(example, 'secrets')].map((name) => [name, { env: 'SOME_SECRET' }])),
    );
    delete target.deployables?.['pages:site'];
  }
  const plainRoles = Object.fromEntries(Object.keys(roles).map((role) => [role, { people: ['U012ABCDEF'] }]));
  return stringify({ targets, shared, roles: plainRoles, start, channels, metrics });
}

type Shipped = Record<'shared' | 'start' | 'channels' | 'metrics' | 'roles', object> & {
  readonly targets: Record<string, { vars: object; secrets: object; deployables?: Record<string, object> }>;
};

function procedureAround(shape: string, example: string): string {
  const params = Object.fromEntries(namesIn(example, 'params').map((name) => [name, { about: 'Something', pattern: '[a-z0-9]+' }]));
  const other = { id: 'nothing', title: 'Nothing', run: ['true'], effect: 'read' };
  const items = parse(example) as readonly object[];
  const steps = shape === 'steps' ? items : [other];
  const verify = shape === 'checks' ? items : [{ title: 'All is well', ask: 'lead-developer' }];
  return stringify({
    title: 'Example',
    component: 'Example',
    locks: ['worker:api', 'cache:main', 'repo:main', 'crontab:operations'],
    params,
    steps,
    verify,
  });
}

function namesIn(text: string, where: string): readonly string[] {
  return [...new Set([...text.matchAll(new RegExp(`\\$\\{${where}\\.([a-z_]+)\\}`, 'g'))].map(({ 1: name = '' }) => name))];
}
