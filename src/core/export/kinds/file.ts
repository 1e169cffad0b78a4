import type { FileRemove, FileReplace, FileRestore, FileWrite } from '../../procedure/action.ts';
import { quote, wordOf, wordsOf } from '../word.ts';

/** A whole file. */
export function fileWriteLines({ path, content, mode }: FileWrite<string>, step: string): readonly string[] {
  return [`file_write ${quote(step)} ${wordOf(path)} ${wordOf(content)} ${mode === undefined ? "''" : mode.replace(/^0/, '')}`];
}

/** A text in a file. */
export function fileReplaceLines({ path, find, with: replacement, count }: FileReplace<string>, step: string): readonly string[] {
  return [`file_replace ${quote(step)} ${wordsOf([path, find, replacement])} ${count}`];
}

/** A file that is taken away. */
export function fileRemoveLines({ path }: FileRemove<string>, step: string): readonly string[] {
  return [`file_remove ${quote(step)} ${wordOf(path)}`];
}

/** What a step of this kind has changed. */
export function fileRestoreLines({ path, of }: FileRestore<string>): readonly string[] {
  return [`file_restore ${quote(of)} ${wordOf(path)}`];
}
