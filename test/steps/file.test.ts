import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ResolvedAction } from '../../src/core/procedure/action.ts';
import { createStage } from './stage.ts';
import type { Options, Stage } from './stage.ts';

let stage: Stage;
let path: string;
beforeEach(async () => {
  stage = await createStage();
  mkdirSync(join(stage.folder, 'etc'));
  path = join(stage.folder, 'etc', 'wrangler.toml');
});
afterEach(async () => await stage.close());

const write = (content: string, mode?: string): ResolvedAction => ({
  kind: 'file-write',
  path,
  content,
  ...(mode !== undefined && { mode }),
});
const replace = (find: string, replacement: string, count = 1): ResolvedAction => ({
  kind: 'file-replace',
  path,
  find,
  with: replacement,
  count,
});
const remove = (): ResolvedAction => ({ kind: 'file-remove', path });
const restore = (of = 'do-it'): ResolvedAction => ({ kind: 'file-restore', path, of });

const statusOf = async (action: ResolvedAction, options?: Options): Promise<string> => (await stage.perform(action, options)).answer.status;
const saysOf = async (action: ResolvedAction, options?: Options): Promise<string> => (await stage.perform(action, options)).answer.says;
const content = (): string => readFileSync(path, 'utf8');
const mode = (): number => statSync(path).mode & 0o777;

describe('writing a file', () => {
  test('makes it, or gives it new content and leaves nothing else behind', async () => {
    expect([await statusOf(write('one\n')), content(), mode()]).toEqual(['ok', 'one\n', 0o644]);
    expect([await statusOf(write('two\n'), { step: 'again' }), content()]).toEqual(['ok', 'two\n']);
    expect(readdirSync(join(stage.folder, 'etc'))).toEqual(['wrangler.toml']);
  });

  test('keeps its mode and owner, or gives it the mode that is said', async () => {
    writeFileSync(path, 'one');
    chmodSync(path, 0o600);
    chownSync(path, process.getuid!(), process.getgid!());
    await stage.perform(write('two'));
    expect([content(), mode()]).toEqual(['two', 0o600]);
    await stage.perform(write('three', '0755'), { step: 'mode' });
    expect([content(), mode()]).toEqual(['three', 0o755]);
  });

  test('that has that content already finds nothing to do', async () => {
    writeFileSync(path, 'one');
    chmodSync(path, 0o644);
    expect(await statusOf(write('one'))).toBe('already-done');
    expect(await statusOf(write('one', '0600'), { step: 'mode' })).toBe('ok');
  });
});

describe('replacing text', () => {
  test('happens when it stands there exactly so many times', async () => {
    writeFileSync(path, 'a b a');
    expect([await statusOf(replace('a', 'x', 2)), content()]).toEqual(['ok', 'x b x']);
  });

  test.each([
    ['a', 1, 'the text to replace stands there 2 times, and it should stand there once'],
    ['a', 3, 'the text to replace stands there 2 times, and it should stand there 3 times'],
    ['nothing', 1, 'stands there 0 times'],
    ['', 1, 'There is no text to look for'],
  ])('of %j with count %d leaves the file as it was', async (find, count, says) => {
    writeFileSync(path, 'a b a');
    const before = statSync(path);
    expect(await saysOf(replace(find, 'x', count))).toContain(says);
    expect([content(), statSync(path).ino]).toEqual(['a b a', before.ino]);
  });

  test('takes both texts as they are', async () => {
    writeFileSync(path, 'id = "$&.*"');
    await stage.perform(replace('$&.*', '$1$$$`'));
    expect(content()).toBe('id = "$1$$$`"');
  });

  test('keeps bytes that are not text', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x61, 0xc3, 0xa9, 0x80]);
    writeFileSync(path, bytes);
    await stage.perform(replace('é', 'ü'));
    expect(readFileSync(path)).toEqual(Buffer.from([0xff, 0xfe, 0x00, 0x61, 0xc3, 0xbc, 0x80]));
  });

  test('again after a lost answer is not done twice, though the new text holds the old one', async () => {
    writeFileSync(path, 'foo');
    expect(await statusOf(replace('foo', 'foo_old'))).toBe('ok');
    const { answer } = await stage.perform(replace('foo', 'foo_old'), { attempt: 2 });
    expect([answer.status, content()]).toEqual(['ok', 'foo_old']);
    expect(answer.says).toContain('by an earlier attempt');
  });
});

describe('restoring a file', () => {
  test.each([
    ['a write', () => write('new', '0755')],
    ['a replacement', () => replace('old', 'new')],
    ['a removal', () => remove()],
  ])('takes back %s, mode and all', async (_, action) => {
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    expect(await statusOf(action())).toBe('ok');
    expect(await statusOf(restore(), { step: 'undo.do-it' })).toBe('ok');
    expect([content(), mode()]).toEqual(['old', 0o640]);
    expect(await statusOf(restore(), { step: 'undo.do-it', attempt: 2 })).toBe('already-done');
  });

  test('removes a file that was not there before', async () => {
    await stage.perform(write('new'));
    expect(await statusOf(restore(), { step: 'undo.do-it' })).toBe('ok');
    expect(readdirSync(join(stage.folder, 'etc'))).toEqual([]);
  });

  test('goes back to the very beginning after a second attempt', async () => {
    writeFileSync(path, 'old');
    await stage.perform(write('new'));
    await stage.perform(write('new'), { attempt: 2 });
    await stage.perform(restore(), { step: 'undo.do-it' });
    expect(content()).toBe('old');
  });

  test('takes several steps back in reverse order', async () => {
    writeFileSync(path, 'one');
    await stage.perform(replace('one', 'two'), { step: 'a' });
    await stage.perform(replace('two', 'three'), { step: 'b' });
    expect(await statusOf(restore('b'), { step: 'undo.b' })).toBe('ok');
    expect(await statusOf(restore('a'), { step: 'undo.a' })).toBe('ok');
    expect(content()).toBe('one');
  });

  test('leaves alone what somebody has changed since', async () => {
    writeFileSync(path, 'old');
    await stage.perform(write('new'));
    writeFileSync(path, 'by hand');
    expect(await saysOf(restore(), { step: 'undo.do-it' })).toContain('has been changed again since the step "do-it"');
    expect(content()).toBe('by hand');
  });

  test('needs a backup of the same run, step and file', async () => {
    writeFileSync(path, 'old');
    await stage.perform(write('new'));
    expect(await saysOf(restore('another'))).toContain('has left no backup');
    expect(await saysOf(restore(), { run: 'r2' })).toContain('has left no backup');
    expect(await statusOf({ kind: 'file-restore', path: `${path}.other`, of: 'do-it' })).toBe('failed');
    expect(content()).toBe('new');
  });

  test('finds backups that only the bot can read', async () => {
    await stage.perform(write('new'));
    const folder = join(stage.scratch, 'backups/r1/do-it');
    expect([statSync(folder).mode & 0o777, statSync(join(folder, '0001.json')).mode & 0o777]).toEqual([0o700, 0o600]);
  });
});

describe('removing a file', () => {
  test('that is not there finds nothing to do', async () => {
    expect(await statusOf(remove())).toBe('already-done');
  });

  test('again after a lost answer is still the work of this step', async () => {
    writeFileSync(path, 'old');
    await stage.perform(remove());
    expect(await statusOf(remove(), { attempt: 2 })).toBe('ok');
  });
});

describe('nothing is changed when', () => {
  test('the file is a symbolic link', async () => {
    const real = join(stage.folder, 'real');
    writeFileSync(real, 'old');
    symlinkSync(real, path);
    for (const action of [write('new'), replace('old', 'new'), remove()])
      expect(await saysOf(action)).toContain('is a symbolic link, so it was left alone');
    expect(readFileSync(real, 'utf8')).toBe('old');
  });

  test('it is a folder', async () => {
    mkdirSync(path);
    for (const action of [write('new'), remove()]) expect(await saysOf(action)).toContain('is not a plain file');
  });

  test('its folder does not exist', async () => {
    expect(await saysOf({ kind: 'file-write', path: join(stage.folder, 'no/file'), content: '' })).toContain('its folder does not exist');
  });

  test('its path is not absolute', async () => {
    expect(await saysOf({ kind: 'file-remove', path: 'package.json' })).toContain('absolute path');
  });

  test('there is no file to replace text in', async () => {
    expect(await saysOf(replace('a', 'b'))).toContain('There is no file');
  });

  test('somebody has stopped the run', async () => {
    expect(await statusOf(write('new'), { signal: AbortSignal.abort('stopped-by-person') })).toBe('unknown');
    expect(readdirSync(join(stage.folder, 'etc'))).toEqual([]);
  });
});
