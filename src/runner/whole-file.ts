import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';

/** Writes a file whole or not at all, and has it on disk when it answers; its folder is made where it is not there. */
export async function writeWhole(file: string, content: string | Buffer): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(`${file}.part`, 'w', 0o640);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.part`, file);
}

/** Its own name, unless that of another incident has it: two can be opened in the same second. */
export async function placeFor(file: string, text: string, incident: string): Promise<string> {
  const there = await readFile(file, 'utf8').catch(() => null);
  return there === null || there === text ? file : file.replace(/\.md$/, `-${incident}.md`);
}
