import path from 'node:path';
import { createCatalog, sayMistake } from '../catalog/index.ts';
import { readPaths } from '../config.ts';
import type { CatalogMistake } from '../core/ports.ts';
import { didYouMean, sayList } from '../core/procedure/nearest.ts';
import { rehearseAll } from './rehearsing.ts';
import { renderRehearsals } from './rehearsal-table.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

export type RehearseOptions = { readonly json?: true; readonly verbose?: true };

/** Plays the rehearsals of the procedures and prints how each went; nothing is contacted and nothing is written. */
export async function rehearseCommand(
  { environment, stdout, stderr }: Terminal,
  ids: readonly string[],
  options: RehearseOptions,
): Promise<number> {
  const paths = readPaths(environment);
  if ('mistakes' in paths) {
    for (const says of paths.mistakes) stderr.write(`rollbot: ${says}\n`);
    return EXIT.misconfigured;
  }
  const opened = await createCatalog({ proceduresFolder: paths.procedures, settingsFile: paths.settings, log: QUIET });
  if (opened.status === 'unusable') {
    for (const mistake of opened.mistakes) stdout.write(`${sayMistake(mistake)}\n`);
    return EXIT.failed;
  }
  const { catalog } = opened;
  const broken = catalog.mistakes();
  const known = catalog.procedures().map(({ id }) => id);
  const strangers = ids.filter((id) => !known.includes(id));
  for (const id of strangers) stderr.write(`${sayStranger(id, known, broken)}\n`);
  if (strangers.length > 0) return EXIT.failed;
  const { rehearsed, mistakes } = await rehearseAll(paths.procedures, catalog, ids);
  const all =
    ids.length === 0 ? [...broken, ...mistakes] : mistakes.filter(({ file }) => ids.includes(path.basename(file).split('.')[0] ?? ''));
  const well = all.length === 0 && rehearsed.every(({ performances }) => performances.every(({ differs }) => differs.length === 0));
  if (options.json) stdout.write(`${JSON.stringify({ ok: well, mistakes: all, procedures: rehearsed }, null, 2)}\n`);
  else stdout.write(renderRehearsals(rehearsed, all.map(sayMistake), { verbose: options.verbose ?? false }));
  return well ? EXIT.ok : EXIT.failed;
}

/** A procedure that can't be read is named with what is wrong with it. */
function sayStranger(id: string, known: readonly string[], broken: readonly CatalogMistake[]): string {
  const why = broken.find(({ file }) => path.basename(file) === `${id}.yml`);
  return why ? sayMistake(why) : `rollbot: There is no procedure "${id}".${didYouMean(id, known)} There are ${sayList(known, 'and')}.`;
}
