import { writeFile } from 'node:fs/promises';
import { schemas } from '../catalog/index.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Writes the schemas into the current folder, where the files that they describe look for them. */
export async function schemaCommand({ stdout }: Terminal): Promise<number> {
  for (const [file, text] of Object.entries(schemas())) {
    await writeFile(file, text);
    stdout.write(`${file}\n`);
  }
  return EXIT.ok;
}
