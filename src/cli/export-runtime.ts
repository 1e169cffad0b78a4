import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Runtime } from '../core/export/script.ts';

const FOLDER = fileURLToPath(new URL('../core/export/bash/', import.meta.url));

/** Reads the functions that every exported script brings along. */
export async function readRuntime(): Promise<Runtime> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sh'));
  const files = names.map(async (name) => [name.slice(0, -'.sh'.length), await readFile(`${FOLDER}${name}`, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(files));
}
