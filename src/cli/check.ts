import { createCatalog } from '../catalog/index.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { readPaths } from '../config.ts';

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

/** Prints every mistake of rollbot.yml and the procedures, one a line, and what there is when there is none. */
export async function checkCommand({ environment, stdout }: Terminal): Promise<number> {
  const { procedures, settings } = readPaths(environment);
  const catalog = await createCatalog({ proceduresFolder: procedures, settingsFile: settings, log: QUIET });
  const mistakes = 'mistakes' in catalog && Array.isArray(catalog.mistakes) ? catalog.mistakes : [];
  for (const mistake of mistakes) stdout.write(`${mistake}\n`);
  return mistakes.length > 0 ? EXIT.failed : EXIT.ok;
}
