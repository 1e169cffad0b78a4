import type { GitEdit, GitResolve, GitRestore, GitSame } from '../../procedure/action.ts';
import { portablePattern } from '../portable-pattern.ts';
import { quote, wordOf, wordsOf } from '../word.ts';

/** A name becomes a commit. */
export function gitResolveLines({ repo, ref, fetch, within }: GitResolve<string>): readonly string[] {
  return [`git_resolve ${wordOf(repo)} ${wordOf(ref)} ${wordOf(fetch ?? '')} ${wordOf(within ?? '')}`];
}

/** Paths are compared at two commits. */
export function gitSameLines({ repo, paths, at, and }: GitSame<string>): readonly string[] {
  return [`git_same ${wordOf(repo)} ${wordOf(at)} ${wordOf(and)} ${paths.map(pathWord).join(' ')}`];
}

/** A commit is put together in an index of its own, checked out in a worktree of the run, and published. */
export function gitRestoreLines(action: GitRestore<string>, step: string): readonly string[] {
  const { repo, paths, at, edits = [], writes = [], onto, message, publish } = action;
  const to = publish ? [publish.remote, publish.branch, publish.fastForward ?? ''] : [];
  return [
    `git_onto ${wordOf(repo)} ${wordOf(onto)}`,
    ...(at === undefined ? [] : [`take_back ${wordOf(at)} ${paths.map(pathWord).join(' ')}`]),
    ...edits.map(editLine),
    ...writes.map(({ file, content }) => `write_file ${pathWord(file)} ${wordOf(content)}`),
    ['git_commit', quote(step), wordsOf([message, ...to])].join(' '),
  ];
}

function editLine({ file, find, with: replacement, count }: GitEdit<string>): string {
  const what = 'text' in find ? ['text', wordOf(find.text)] : ['pattern', patternWord(find.pattern)];
  return ['edit_file', pathWord(file), ...what, wordOf(replacement), wordOf(String(count))].join(' ');
}

/** What is filled in stands for itself; it is kept out of the translation by a character that no pattern has. */
function patternWord(pattern: string): string {
  const references: string[] = [];
  const marked = pattern.replaceAll(/\$\{[^}]*\}/g, (reference) => {
    references.push(reference);
    return '\u{F8FF}';
  });
  const translated = portablePattern(marked, 'lines').replaceAll('\u{F8FF}', () => references.shift() ?? '');
  return wordOf(translated, { values: 'in_pattern', target: 'in_pattern' });
}

function pathWord(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return quote(parts.length === 0 ? '.' : parts.join('/'));
}
