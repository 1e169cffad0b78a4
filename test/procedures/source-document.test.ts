import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createCatalog } from '../../src/catalog/index.ts';
import type { Instant } from '../../src/core/brand.ts';
import { CHECKLIST } from '../../src/core/drill/checklist.ts';
import { renderReport } from '../../src/core/report/render.ts';
import { opened } from '../contracts/store/happenings.ts';
import { AROUND, SCRIPTS } from './document/around.ts';
import { outlineOf } from './document/outline.ts';
import type { Place, Row } from './document/row.ts';
import { FRAMES, PENDING, WANTED } from './document/tables.ts';
import { IMMEDIATE, STAGED } from './document/triggers.ts';

/** Where the document is kept beside the checkout; it is no part of it. */
const DOCUMENT = '../shared/rollback-procedures.md';
/** Procedures of data, over which the database admin has the authority; over all others DevOps has it. */
const OF_DATA = ['database-restore', 'database-schema'];
const FOLLOW_UPS = [/root cause/i, /development and staging/i, /again/i, /this procedure/i, /post-mortem/i];

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };
const read = await createCatalog({ proceduresFolder: 'procedures', settingsFile: 'rollbot.yml', log: QUIET });
if (read.status !== 'ready') throw new Error('rollbot.yml has a mistake');
const { catalog } = read;
const entries = catalog.procedures();
const report = renderReport([{ ...opened(), at: 0 as Instant }]).markdown;

/** What is wrong with the places of a row, as sentences; none where all of them are there. */
function missing(row: Row, procedure?: string, phase?: string): readonly string[] {
  if ('because' in row) return row.because.trim() === '' ? [`${row.wish}: no reason`] : [];
  if (row.by.length === 0) return [`${row.wish}: nothing`];
  return row.by.flatMap((place) => (isThere(place, procedure, phase) ? [] : [`${row.wish}: ${JSON.stringify(place)}`]));
}

function isThere(place: Place, procedure?: string, phase?: string): boolean {
  if (typeof place === 'object' && 'role' in place) return Object.hasOwn(catalog.settings().roles, place.role);
  if (typeof place === 'object' && 'trigger' in place) return Object.hasOwn(catalog.settings().triggers ?? {}, place.trigger);
  if (typeof place === 'object' && 'drill' in place) return Object.hasOwn(catalog.settings().drills ?? {}, place.drill);
  if (typeof place === 'object' && 'checklist' in place) return Object.hasOwn(CHECKLIST, place.checklist);
  if (typeof place === 'object' && 'report' in place) return report.includes(place.report);
  const { of = '', item } = typeof place === 'string' ? { of: procedure, item: place } : place;
  const found = catalog.procedure(of)?.steps.find(({ id }) => id === item);
  return found !== undefined && (phase === undefined || found.phase === phase);
}

test('the files of all procedures can be read', () => {
  expect(catalog.mistakes()).toEqual([]);
});

describe.each(WANTED)('$procedure', ({ procedure, component, estimate, steps, checklist, criteria }) => {
  const entry = catalog.procedure(procedure);

  test('is there, with the component and the recovery time of the document', () => {
    expect(entry?.procedure.component).toBe(component);
    expect(entry?.procedure.estimate ?? null).toBe(estimate);
  });

  test('does every step of the document', () => {
    expect(steps).not.toEqual([]);
    expect(steps.flatMap((row) => missing(row, procedure))).toEqual([]);
  });

  test('verifies every item of its checklist, by a reading or a question', () => {
    expect(checklist.length).toBeGreaterThanOrEqual(criteria ? 6 : 1);
    expect(checklist.flatMap((row) => missing(row, procedure, 'verify'))).toEqual([]);
  });
});

test('every procedure that is there has its table, and the others are named', () => {
  const mapped = WANTED.map(({ procedure }) => procedure);
  const open = entries.map(({ id }) => id).filter((id) => !mapped.includes(id));
  expect(open, 'write a table for these in test/procedures/document/').toEqual([]);
  expect(
    mapped.filter((id) => Object.hasOwn(PENDING, id)),
    'take these out of PENDING',
  ).toEqual([]);
  expect([...mapped, ...Object.keys(PENDING)]).toHaveLength(11);
  expect([...mapped, ...Object.keys(PENDING)]).toEqual(expect.arrayContaining(SCRIPTS));
  if (Object.keys(PENDING).length > 0)
    console.warn(`PENDING: the document wants these, and they are not there yet: ${Object.keys(PENDING).join(', ')}.`);
});

test.each(AROUND)('$heading: each item is served, or there is a reason', ({ items, more = [] }) => {
  expect([...items, ...more].flatMap((row) => missing(row))).toEqual([]);
});

describe.each(entries)('$id', ({ id, procedure, steps }) => {
  const deeds = steps.filter(({ phase, probe }) => phase === 'step' && probe.action.kind !== 'manual');

  test('checks before, verifies after, and tells somebody, as each script of the document does', () => {
    for (const phase of ['preflight', 'step', 'verify']) expect(steps.map((item) => item.phase)).toContain(phase);
    expect(procedure.page).not.toEqual([]);
    expect(procedure.page).toBeDefined();
  });

  test('has the five follow-ups, and the root cause within a day', () => {
    const followUps = procedure['follow-ups'] ?? [];
    for (const wanted of FOLLOW_UPS) expect(followUps.map(({ title }) => title)).toContainEqual(expect.stringMatching(wanted));
    expect(followUps.find(({ title }) => /root cause/i.test(title))).toMatchObject({ due: '24h' });
  });

  test('says of every destructive step why, how it is taken back or why not, and who approves', () => {
    const destructive = deeds.filter(({ effect }) => effect === 'destructive');
    const silent = destructive.filter(({ because = '', undo, approve }) => because === '' || !undo || !approve);
    expect(silent.map((item) => item.id)).toEqual([]);
  });

  test('is approved by whoever has the authority', () => {
    const authority = OF_DATA.includes(id) ? 'database-admin' : 'devops-engineer';
    const others = deeds.filter(({ approve }) => approve && !approve.by.some((role) => role === authority));
    expect(others.map((item) => item.id)).toEqual([]);
  });
});

test.each(entries.filter(({ id }) => id === 'database-restore'))(
  'two people of different roles begin what $id can not take back',
  ({ steps }) => {
    const pairs = steps.filter(({ approve }) => approve && approve.need >= 2 && approve.differentRoles);
    expect(pairs.length).toBeGreaterThan(0);
  },
);

test.each(entries.filter(({ id }) => id === 'database-restore'))(
  '$id keeps nobody from writing before somebody has approved it',
  ({ steps }) => {
    const done = steps.filter(({ phase }) => phase === 'step');
    const afterNone = done.filter(({ after }) => !after.some((id) => done.some((each) => each.id === id)));
    expect(afterNone.map(({ id }) => id)).toEqual(['stop-writes']);
    const [first] = afterNone;
    expect(first).toMatchObject({ because: expect.stringContaining('outage'), approve: { by: ['database-admin', 'devops-engineer'] } });
  },
);

test('the triggers are the nine of the document, each with its procedure and as far trusted as was decided', () => {
  const { triggers = {}, targets } = catalog.settings();
  const wanted = [...IMMEDIATE, ...STAGED];
  expect(Object.keys(triggers)).toEqual(wanted.map(({ trigger }) => trigger));
  for (const { trigger, when, procedure, otherwise, mode } of wanted) {
    expect(triggers[trigger]).toMatchObject({ when, procedure, mode });
    expect(triggers[trigger]?.else).toBe(otherwise);
    expect((triggers[trigger]?.targets ?? []).every((target) => targets[target]?.protected)).toBe(true);
  }
});

test('the figures of the triggers are those of the document', () => {
  if (!existsSync(DOCUMENT)) return console.warn('Not shown: the document is not beside this checkout.');
  const [, immediate = '', staged = ''] =
    /### Immediate[^\n]*\n([^#]*)### Staged[^\n]*\n([^#]*)/.exec(readFileSync(DOCUMENT, 'utf8')) ?? [];
  for (const [text, wanted] of [
    [immediate, IMMEDIATE],
    [staged, STAGED],
  ] as const) {
    const lines = text.split('\n').filter((line) => line.startsWith('- '));
    expect(lines).toHaveLength(wanted.length);
    for (const [index, { line }] of wanted.entries()) expect(lines[index]).toMatch(line);
  }
});

test('nothing of the document is left out of the tables', () => {
  if (!existsSync(DOCUMENT)) return console.warn('Not shown: the document is not beside this checkout.');
  const tables = new Map<string, { steps: number; items: number; estimate: string | null }>([
    ...WANTED.map(({ heading, steps, checklist, criteria, estimate }) => {
      return [heading, { steps: steps.length, items: criteria ? 0 : checklist.length, estimate }] as const;
    }),
    ...AROUND.map(({ heading, items }) => [heading, { steps: 0, items: items.length, estimate: null }] as const),
    ...FRAMES.map((heading) => [heading, { steps: 0, items: 0, estimate: null }] as const),
  ]);
  const outline = outlineOf(readFileSync(DOCUMENT, 'utf8')).filter(({ heading }) => !Object.values(PENDING).includes(heading));
  expect(outline.length).toBeGreaterThan(20);
  for (const { heading, ...counts } of outline) expect([heading, tables.get(heading)]).toEqual([heading, counts]);
  expect([...tables.keys()].filter((heading) => !outline.some((part) => part.heading === heading))).toEqual([]);
  expect(outlineOf(readFileSync(DOCUMENT, 'utf8')).map(({ heading }) => heading)).toEqual(expect.arrayContaining(Object.values(PENDING)));
});

test('practice on staging leaves alone what production is deployed from', () => {
  const { staging, production } = catalog.settings().targets;
  expect(staging?.vars?.['deploy_branch']).not.toBe(production?.vars?.['deploy_branch']);
  const moved = entries.flatMap(({ steps }) =>
    steps.flatMap(({ probe: { action } }) => (action.kind === 'git-restore' ? (action.publish?.fastForward ?? []) : [])),
  );
  expect(moved.length).toBeGreaterThan(5);
  expect([...new Set(moved)]).toEqual(['${target.deploy_branch}']);
});
