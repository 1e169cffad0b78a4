import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';

export type Place = { readonly cwd: string; readonly env: Readonly<Record<string, string>> };

/** Finds the file of a program on the target's own PATH, or says what to install or correct. Nothing has happened yet. */
export async function findProgram(name: string, { cwd, env }: Place): Promise<{ readonly path: string } | { readonly mistake: string }> {
  if (name === '') return { mistake: 'The name of the program is empty: correct the procedure.' };
  if (name.includes('/')) {
    const path = resolve(cwd, name);
    if (await isProgram(path)) return { path };
    return { mistake: `There is no program ${path} that may be executed, so nothing was done: install it, or correct the procedure.` };
  }
  const folders = (env['PATH'] ?? '').split(':').filter((folder) => isAbsolute(folder));
  if (folders.length === 0)
    return { mistake: `"${name}" can't be found without a PATH: set PATH under env of this target in rollbot.yml.` };
  for (const folder of folders) if (await isProgram(join(folder, name))) return { path: join(folder, name) };
  const says = `"${name}" is not installed where this target looks (${folders.join(':')}), so nothing was done`;
  return { mistake: `${says}: install it, or correct PATH under env of the target in rollbot.yml.` };
}

/** A sentence when a step can't run in this folder. */
export async function mistakeInFolder(folder: string): Promise<string | null> {
  if (!isAbsolute(folder))
    return `The folder "${folder}" has to be an absolute path, so nothing was done: correct the procedure or the target.`;
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? null : `There is no folder ${folder}, so nothing was done: make it, or correct the procedure or the target.`;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
