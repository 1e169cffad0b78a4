import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Catalog } from '../../src/core/ports.ts';
import { PROCEDURE, SETTINGS, mistakesOf, spoiled, workplace } from './workplace.ts';
import type { Files } from './workplace.ts';

async function open(
  files: Files,
): Promise<AsyncDisposable & { place: Awaited<ReturnType<typeof workplace>>; catalog: Catalog; ids: () => readonly string[] }> {
  const place = await workplace(files);
  const opened = await place.open();
  if (opened.status !== 'ready') throw new Error(place.say(opened.mistakes).join('\n'));
  const { catalog } = opened;
  return { place, catalog, ids: () => catalog.procedures().map(({ id }) => id), [Symbol.asyncDispose]: () => place[Symbol.asyncDispose]() };
}

test('procedures come in the order of their names, with their plan and the hash of their bytes', async () => {
  await using it = await open({
    'procedures/b.yml': PROCEDURE,
    'procedures/a.yml': PROCEDURE,
    'procedures/a.rehearsal.yml': 'x',
    'procedures/README.md': '',
  });
  expect(it.ids()).toEqual(['a', 'b']);
  expect(it.catalog.mistakes()).toEqual([]);
  const entry = it.catalog.procedure('a');
  expect(entry?.steps.map(({ id }) => id)).toEqual(['running', 'first', 'second', 'verify.1']);
  expect(entry?.hash).toBe(createHash('sha256').update(PROCEDURE).digest('hex'));
  expect(it.catalog.procedure('constructor')).toBeNull();
});

test('one broken file takes no other away', async () => {
  await using it = await open({ 'procedures/bad.yml': 'a: [', 'procedures/good.yml': PROCEDURE });
  expect(it.ids()).toEqual(['good']);
  expect(it.place.say(it.catalog.mistakes())).toEqual([expect.stringMatching(/^procedures\/bad\.yml:1:\d+: /)]);
});

test('a refresh sees files that were changed, added, mended and removed', async () => {
  await using it = await open({ 'procedures/a.yml': PROCEDURE, 'procedures/bad.yml': 'a: [' });
  const before = it.catalog.procedure('a')?.hash;
  await it.catalog.refresh();
  expect(it.catalog.procedure('a')?.hash).toBe(before);

  await it.place.write('procedures/a.yml', spoiled('Try out', 'Try again'));
  await it.place.write('procedures/bad.yml', PROCEDURE);
  await it.catalog.refresh();
  expect(it.ids()).toEqual(['a', 'bad']);
  expect(it.catalog.procedure('a')?.procedure.title).toBe('Try again');
  expect(it.catalog.procedure('a')?.hash).not.toBe(before);

  await rm(join(it.place.root, 'procedures/bad.yml'));
  await it.catalog.refresh();
  expect(it.ids()).toEqual(['a']);
});

test('a procedure that breaks is gone until it is mended, because nobody has seen what it would do', async () => {
  await using it = await open({ 'procedures/a.yml': PROCEDURE });
  await it.place.write('procedures/a.yml', spoiled('effect:', 'efect:'));
  await it.catalog.refresh();
  expect(it.ids()).toEqual([]);
  expect(it.place.say(it.catalog.mistakes())).toEqual(['procedures/a.yml:16:5: Unknown key "efect". Did you mean "effect"?']);
});

test('settings that break are reported, and the last good ones stay', async () => {
  await using it = await open({ 'procedures/a.yml': PROCEDURE });
  await it.place.write('rollbot.yml', SETTINGS.replace('protected: true', 'protected: maybe'));
  await it.catalog.refresh();
  expect(it.place.say(it.catalog.mistakes())).toEqual(['rollbot.yml:7:16: Found "maybe", expected true or false.']);
  expect(it.catalog.settings().targets['production']?.protected).toBe(true);
  expect(it.ids()).toEqual(['a']);
  await it.place.write('rollbot.yml', SETTINGS);
  await it.catalog.refresh();
  expect(it.catalog.mistakes()).toEqual([]);
});

test('a change of the settings is a reason to look at the procedures again', async () => {
  await using it = await open({ 'procedures/a.yml': PROCEDURE });
  await it.place.write('rollbot.yml', SETTINGS.replace('devops-engineer', 'release-manager'));
  await it.catalog.refresh();
  expect(it.ids()).toEqual([]);
  expect(it.place.say(it.catalog.mistakes())).toEqual([
    'procedures/a.yml:23:21: There is no role "devops-engineer". Expected a role of rollbot.yml.',
  ]);
});

test('an approval waits as long as rollbot.yml says where its step does not', async () => {
  await using it = await open({ 'procedures/a.yml': PROCEDURE, 'rollbot.yml': `${SETTINGS}approvals: { within: 7m }\n` });
  expect(it.catalog.procedure('a')?.steps.find(({ id }) => id === 'second')?.approve?.withinMs).toBe(420_000);
});

test("a target's hash follows its own part of rollbot.yml and nothing else", async () => {
  await using it = await open({});
  const before = { staging: it.catalog.targetHash('staging'), production: it.catalog.targetHash('production') };
  await it.place.write('rollbot.yml', SETTINGS.replace("only_here: 'yes'", "only_here: 'no'"));
  await it.catalog.refresh();
  expect(it.catalog.targetHash('staging')).toBe(before.staging);
  expect(it.catalog.targetHash('production')).not.toBe(before.production);
  expect(it.catalog.targetHash('nowhere')).toBeNull();
  expect(it.catalog.targetHash('constructor')).toBeNull();
});

test.each([
  ['Cache.yml', 'The name of the file is the name of the procedure; expected lower-case letters, digits and dashes before .yml.'],
  ['con figure.yml', 'The name of the file is the name of the procedure; expected lower-case letters, digits and dashes before .yml.'],
  ['cache.yaml', 'The name ends in .yaml; expected .yml.'],
])('the name %s is refused', async (name, says) => {
  expect(await mistakesOf({ [`procedures/${name}`]: PROCEDURE })).toEqual([`procedures/${name}:1:1: ${says}`]);
});

test('of two names that differ by case only, the one in lower case counts', async () => {
  await using it = await open({ 'procedures/a.yml': PROCEDURE, 'procedures/A.yml': PROCEDURE });
  expect(it.ids()).toEqual(['a']);
  expect(it.place.say(it.catalog.mistakes())).toEqual([
    'procedures/A.yml:1:1: The name differs from a.yml by case only; expected one file.',
  ]);
});

test('a link may point inside of the folder and not out of it', async () => {
  await using it = await open({ 'procedures/a.yml': PROCEDURE, 'elsewhere.yml': PROCEDURE });
  await symlink('a.yml', join(it.place.root, 'procedures/b.yml'));
  await symlink('../elsewhere.yml', join(it.place.root, 'procedures/c.yml'));
  await symlink('nothing.yml', join(it.place.root, 'procedures/d.yml'));
  await it.catalog.refresh();
  expect(it.ids()).toEqual(['a', 'b']);
  expect(it.place.say(it.catalog.mistakes())).toEqual([
    'procedures/c.yml:1:1: This is a link out of its folder; expected the file itself.',
    "procedures/d.yml:1:1: This file can't be read (ENOENT); expected a YAML file.",
  ]);
});

test('a missing rollbot.yml makes the catalog unusable, with a sentence', async () => {
  await using place = await workplace({});
  await rm(join(place.root, 'rollbot.yml'));
  const opened = await place.open();
  expect(opened.status === 'unusable' && place.say(opened.mistakes)).toEqual([
    "rollbot.yml:1:1: This file can't be read (ENOENT); expected a YAML file.",
  ]);
});
