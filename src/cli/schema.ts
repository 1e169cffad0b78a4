import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { generatedFiles } from '../catalog/index.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Writes the schemas into the current folder, where the files that they describe look for them, and the page about hazards. */
export async function schemaCommand({ stdout }: Terminal): Promise<number> {
  for (const [file, text] of Object.entries(generatedFiles())) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    stdout.write(`${file}\n`);
  }
  return EXIT.ok;
}
