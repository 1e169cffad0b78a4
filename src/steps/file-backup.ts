import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { scratchFolder } from './context.ts';
import type { DeedContext } from './context.ts';
import { ABSENT, syncFolder, writeNew } from './file-state.ts';
import type { FileState } from './file-state.ts';

/** How a file was before a step changed it, and how the step was about to leave it. */
export type Backup = { readonly path: string; readonly before: FileState; readonly after: FileState };

const State = z.union([
  z.strictObject({ exists: z.literal(false) }),
  z.strictObject({ exists: z.literal(true), content: z.base64(), mode: z.int(), uid: z.int(), gid: z.int() }),
]);
const BackupFile = z.strictObject({ path: z.string(), before: State, after: State });

/** Keeps a backup of a step, on disk before this resolves. Earlier ones of the same step stay where they are. */
export async function saveBackup(context: DeedContext, backup: Backup): Promise<void> {
  const folder = await scratchFolder(context, 'backups', context.step);
  const number = String((await numbersIn(folder)).length + 1).padStart(4, '0');
  const stored = { path: backup.path, before: stateToJson(backup.before), after: stateToJson(backup.after) };
  const content = Buffer.from(JSON.stringify(stored satisfies z.input<typeof BackupFile>));
  const temporary = join(folder, 'unfinished');
  await writeNew(temporary, { exists: true, content, mode: 0o600, uid: process.getuid!(), gid: process.getgid!() });
  await rename(temporary, join(folder, `${number}.json`));
  await syncFolder(folder);
}

/** The last backup that a step of this run has kept. */
export async function latestBackup(context: DeedContext, step: string): Promise<Backup | null> {
  const folder = await scratchFolder(context, 'backups', step);
  const last = (await numbersIn(folder)).at(-1);
  if (last === undefined) return null;
  const { path, before, after } = BackupFile.parse(JSON.parse(await readFile(join(folder, last), 'utf8')));
  return { path, before: stateFromJson(before), after: stateFromJson(after) };
}

async function numbersIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
}

function stateToJson(state: FileState): z.infer<typeof State> {
  return state.exists ? { ...state, content: state.content.toString('base64') } : state;
}

function stateFromJson(state: z.infer<typeof State>): FileState {
  return state.exists ? { ...state, content: Buffer.from(state.content, 'base64') } : ABSENT;
}
