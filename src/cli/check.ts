import { existsSync } from 'node:fs';
import path from 'node:path';
import { createCatalog, explainRule, listRules, sayMistake } from '../catalog/index.ts';
import { readPaths } from '../config.ts';
import type { Catalog } from '../core/ports.ts';
import type { Environment } from '../target-access.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

/** Which hazards to explain instead of looking for them. */
export type CheckOptions = { readonly explain?: string; readonly rules?: true };

/** Prints every mistake of rollbot.yml and the procedures, one a line, and what there is when there is none. */
export async function checkCommand({ environment, stdout, stderr }: Terminal, options: CheckOptions = {}): Promise<number> {
  if (options.rules || options.explain !== undefined) return explain({ stdout, stderr }, options.explain);
  const paths = readPaths(environment);
  if ('mistakes' in paths) {
    for (const says of paths.mistakes) stderr.write(`rollbot: ${says}\n`);
    return EXIT.misconfigured;
  }
  const opened = await createCatalog({ proceduresFolder: paths.procedures, settingsFile: paths.settings, log: QUIET });
  const mistakes = opened.status === 'ready' ? opened.catalog.mistakes() : opened.mistakes;
  for (const mistake of mistakes) stdout.write(`${sayMistake(mistake)}\n`);
  if (opened.status === 'ready' && mistakes.length === 0) {
    const ids = opened.catalog.procedures().map((entry) => entry.id);
    stdout.write(`${paths.settings} and ${ids.length} ${ids.length === 1 ? 'procedure' : 'procedures'} are in order: ${ids.join(', ')}\n`);
  }
  if (opened.status === 'ready') for (const says of cannotRunHere(opened.catalog, environment)) stdout.write(`note: ${says}\n`);
  return mistakes.length > 0 ? EXIT.failed : EXIT.ok;
}

function explain({ stdout, stderr }: Pick<Terminal, 'stdout' | 'stderr'>, id: string | undefined): number {
  const explained = id === undefined ? { text: listRules() } : explainRule(id);
  if ('mistake' in explained) {
    stderr.write(`rollbot: ${explained.mistake}\n`);
    return EXIT.usage;
  }
  stdout.write(explained.text);
  return EXIT.ok;
}

/** What a procedure needs and this machine does not have; no mistake, because it may be meant for another machine. */
function cannotRunHere(catalog: Catalog, environment: Environment): readonly string[] {
  const folders = (environment['PATH'] ?? '').split(path.delimiter);
  const isHere = (program: string): boolean => folders.some((folder) => existsSync(path.join(folder, program)));
  return catalog.procedures().flatMap(({ id, procedure }) => {
    const missing = (procedure.needs ?? []).filter((program) => !isHere(program));
    return missing.length === 0 ? [] : [`${id} can't run on this machine, which has no ${missing.join(', ')}.`];
  });
}
