import { posix } from 'node:path';
import type { GitEdit, GitWrite } from '../core/procedure/action.ts';
import { Ended, failed } from './deed.ts';
import type { Git } from './git.ts';

/** Replaces texts in files of an index. Where one does not stand there exactly as often as it should, nothing is committed. */
export async function editFiles(git: Git, edits: readonly GitEdit<string>[]): Promise<void> {
  for (const edit of edits) {
    const file = posix.normalize(edit.file);
    const mode = await modeOf(git, file);
    if (mode === null) throw new Ended(failed(`There is no file ${file} to change, so nothing was done.`));
    // Each byte as one character, so that what is not UTF-8 stays as it is.
    const { out } = await git(['cat-file', 'blob', `:${file}`], { encoding: 'latin1' });
    await put(git, { file, mode, content: edited(file, out, edit) });
  }
}

/** Writes whole files into an index; one that is there keeps its mode. */
export async function writeFiles(git: Git, writes: readonly GitWrite<string>[]): Promise<void> {
  for (const { file: path, content } of writes) {
    const file = posix.normalize(path);
    const mode = (await modeOf(git, file)) ?? '100644';
    if (mode === '120000') throw new Ended(failed(`${file} is a link, so nothing was written: name the file that it leads to.`));
    await put(git, { file, mode, content: asBytes(content) });
  }
}

function edited(file: string, text: string, { find, with: replacement, count: given }: GitEdit<string>): string {
  const count = Number(given);
  if (!Number.isSafeInteger(count) || count < 1) throw new Ended(failed(`${file} was left alone: "${given}" is no number of times.`));
  const wanted = asBytes(replacement);
  // What stands in the new text already is not found in it once more.
  const segments = text.split(wanted);
  const pieces = segments.map((segment) => around(segment, find));
  const found = pieces.reduce((sum, each) => sum + each.length - 1, 0);
  if (found === 0 && segments.length - 1 === count) return text;
  if (found !== count) throw new Ended(failed(`${file} was left alone: ${sayFound(found, count)}.`));
  return pieces.flat().join(wanted);
}

/** What stands before, between and after what was found. */
function around(text: string, find: GitEdit<string>['find']): readonly string[] {
  if ('text' in find) return text.split(asBytes(find.text));
  const pieces: string[] = [];
  let end = 0;
  for (const match of text.matchAll(new RegExp(asBytes(find.pattern), 'gm'))) {
    if (match[0] === '') continue;
    pieces.push(text.slice(end, match.index));
    end = match.index + match[0].length;
  }
  return [...pieces, text.slice(end)];
}

function sayFound(found: number, count: number): string {
  return `the text to replace stands there ${found} times, and it should stand there ${count === 1 ? 'once' : `${count} times`}`;
}

function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

async function modeOf(git: Git, file: string): Promise<string | null> {
  const { out } = await git(['ls-files', '--stage', '-z', '--', `:(literal)${file}`]);
  return /^(\d{6}) /.exec(out)?.[1] ?? null;
}

async function put(git: Git, { file, mode, content }: { file: string; mode: string; content: string }): Promise<void> {
  const object = (await git(['hash-object', '-w', '--stdin'], { stdin: Buffer.from(content, 'latin1') })).out.trim();
  await git(['update-index', '-z', '--index-info'], { stdin: `${mode} ${object}\t${file}\0` });
}
