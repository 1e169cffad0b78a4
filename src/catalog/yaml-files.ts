import { createHash } from 'node:crypto';
import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Digest } from '../core/brand.ts';
import type { CatalogMistake } from '../core/ports.ts';
import { Id } from '../core/procedure/scalar-schema.ts';

/** 256 KiB: many times what a procedure needs, and little enough to read at any time. */
const LARGEST = 256 * 1024;

/** A file as it is on disk now, or the one reason why it is not read. */
export type YamlFile = { readonly file: string; readonly hash: Digest } & (
  | { readonly text: string }
  | { readonly mistake: CatalogMistake }
);
export type ProcedureFile = YamlFile & { readonly id: string };

/** Reads all procedures of a folder in the order of their names; rehearsals beside them are left alone. */
export async function readProcedureFiles(
  folder: string,
): Promise<{ readonly files: readonly ProcedureFile[]; readonly mistakes: readonly CatalogMistake[] }> {
  let names: string[];
  try {
    names = (await readdir(folder)).toSorted();
  } catch (error) {
    return { files: [], mistakes: [wrong(folder, `This folder can't be read (${codeOf(error)}); expected the folder of the procedures.`)] };
  }
  const yamls = names.filter((name) => /\.ya?ml$/i.test(name) && !/\.rehearsal\.ya?ml$/i.test(name));
  const files: ProcedureFile[] = [];
  const mistakes: CatalogMistake[] = [];
  for (const name of yamls) {
    const says = nameMistake(name, yamls);
    if (says) mistakes.push(wrong(join(folder, name), says));
    else files.push({ id: name.slice(0, -'.yml'.length), ...(await readYamlFile(join(folder, name), folder)) });
  }
  return { files, mistakes };
}

/** Reads one file; with `inside`, only if it really lies in that folder. */
export async function readYamlFile(file: string, inside?: string): Promise<YamlFile> {
  let bytes: Buffer;
  try {
    const real = await realpath(file);
    if (inside !== undefined && !real.startsWith((await realpath(inside)) + sep))
      return refused(file, 'This is a link out of its folder; expected the file itself.');
    const { size } = await stat(real);
    if (size > LARGEST) return refused(file, `This has ${size} bytes; expected at most ${LARGEST}.`);
    bytes = await readFile(real);
  } catch (error) {
    return refused(file, `This file can't be read (${codeOf(error)}); expected a YAML file.`);
  }
  const hash = createHash('sha256').update(bytes).digest('hex') as Digest;
  if (bytes.includes(0)) return { file, hash, mistake: wrong(file, 'Found a NUL byte, as in UTF-16 or a program; expected UTF-8 text.') };
  try {
    return { file, hash, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { file, hash, mistake: wrong(file, 'Found bytes that are no UTF-8; expected UTF-8 text.') };
  }
}

function nameMistake(name: string, all: readonly string[]): string | undefined {
  const twin = all.find((other) => other !== name && other.toLowerCase() === name.toLowerCase());
  if (twin && name !== name.toLowerCase()) return `The name differs from ${twin} by case only; expected one file.`;
  if (name.endsWith('.yaml')) return 'The name ends in .yaml; expected .yml.';
  if (Id.safeParse(name.replace(/\.yml$/, '')).success) return undefined;
  return 'The name of the file is the name of the procedure; expected lower-case letters, digits and dashes before .yml.';
}

function refused(file: string, says: string): YamlFile {
  return { file, hash: '' as Digest, mistake: wrong(file, says) };
}

function wrong(file: string, says: string): CatalogMistake {
  return { file, line: 1, column: 1, says };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
