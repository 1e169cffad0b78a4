import type { FileReplace } from '../core/procedure/action.ts';
import type { DeedContext } from './context.ts';
import { Ended, failed } from './deed.ts';
import type { Deed } from './deed.ts';
import { changeFile } from './file-change.ts';

/** Replaces a text that has to stand in a file exactly so many times; if it does not, the file stays as it is. */
export async function fileReplace({ path, find, with: replacement, count }: FileReplace<string>, context: DeedContext): Promise<Deed> {
  if (find === '') return failed('There is no text to look for, so nothing was changed: correct the procedure.');
  return await changeFile(
    {
      path,
      done: 'changed',
      wanted(now) {
        if (!now.exists) throw new Ended(failed(`There is no file ${path}, so nothing was changed.`));
        // Each byte as one character, so that what is not UTF-8 stays as it is.
        const parts = now.content.toString('latin1').split(asBytes(find));
        if (parts.length - 1 !== count) throw new Ended(failed(`${path} was left alone: ${sayFound(parts.length - 1, count)}.`));
        return { ...now, content: Buffer.from(parts.join(asBytes(replacement)), 'latin1') };
      },
    },
    context,
  );
}

function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function sayFound(found: number, count: number): string {
  return `the text to replace stands there ${found} times, and it should stand there ${count === 1 ? 'once' : `${count} times`}`;
}
