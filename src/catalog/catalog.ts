import type { Digest } from '../core/brand.ts';
import { digestOf } from '../core/digest.ts';
import type { Json } from '../core/digest.ts';
import type { Catalog, CatalogEntry, CatalogMistake, Log } from '../core/ports.ts';
import { Settings } from '../core/settings.ts';
import { checkFile } from './checked-file.ts';
import { settingsMistakes } from './checks/settings.ts';
import { readProcedure, readSources, takesAway } from './procedure-file.ts';
import { readProcedureFiles, readYamlFile } from './yaml-files.ts';

type CatalogParts = { readonly proceduresFolder: string; readonly settingsFile: string; readonly log: Log };

/** `unusable` where `rollbot.yml` can't be read: without roles and targets nothing may run. Its mistakes include those of the procedures. */
export type OpenedCatalog =
  | { readonly status: 'ready'; readonly catalog: Catalog }
  | { readonly status: 'unusable'; readonly mistakes: readonly CatalogMistake[] };

/** Reads the procedures and settings. A broken procedure is missing from the catalog, and what is wrong with it is in `mistakes`. */
export async function createCatalog(parts: CatalogParts): Promise<OpenedCatalog> {
  const first = await readAll(parts, null);
  if (!first.settings) return { status: 'unusable', mistakes: first.mistakes };
  let now: Content & { readonly settings: Settings } = { ...first, settings: first.settings };
  report(parts.log, now.mistakes);

  async function refresh(): Promise<void> {
    const next = await readAll(parts, now.settings);
    if (next.hash === now.hash) return;
    now = { ...next, settings: next.settings ?? now.settings };
    report(parts.log, now.mistakes);
  }

  return {
    status: 'ready',
    catalog: {
      procedures: () => now.entries,
      procedure: (id) => now.entries.find((entry) => entry.id === id) ?? null,
      settings: () => now.settings,
      targetHash: (name) => hashOfTarget(now.settings, name),
      mistakes: () => now.mistakes,
      refresh,
    },
  };
}

/** A mistake as editors and terminals understand it: `file:line:column: sentence`. */
export function sayMistake({ file, line, column, says }: CatalogMistake): string {
  return `${file}:${line}:${column}: ${says}`;
}

type Content = {
  readonly entries: readonly CatalogEntry[];
  readonly settings: Settings | null;
  readonly mistakes: readonly CatalogMistake[];
  /** Of all files; equal where nothing has changed. */
  readonly hash: Digest;
};

/** Reads everything anew. Settings that are broken now are replaced by the last good ones, if there were any. */
async function readAll({ proceduresFolder, settingsFile }: CatalogParts, lastGood: Settings | null): Promise<Content> {
  const [folder, file] = await Promise.all([readProcedureFiles(proceduresFolder), readYamlFile(settingsFile)]);
  const ids = folder.files.map(({ id }) => id);
  const sources = readSources(folder.files);
  const known = { procedures: ids, find: sources.find, locks: locksIn(sources), takesAway: (id: string) => takesAway(id, sources) };
  const checked = checkFile(file, Settings, (settings) => settingsMistakes({ settings, ...known }));
  const settings = 'content' in checked ? checked.content : lastGood;
  const mistakes = [...('mistakes' in checked ? checked.mistakes : []), ...folder.mistakes];
  const entries: CatalogEntry[] = [];
  for (const each of folder.files) {
    const procedure = readProcedure(each, settings, sources);
    if ('content' in procedure) entries.push(procedure.content);
    else mistakes.push(...procedure.mistakes);
  }
  const hash = digestOf([file.hash, mistakes, folder.files.map((each) => [each.id, each.hash])]);
  return { entries, settings, mistakes, hash };
}

/** Everything that procedures claim; nothing where one of them can't be read, because nobody knows what it claims. */
function locksIn({ ids, find }: ReturnType<typeof readSources>): readonly string[] {
  const all = ids.map((id) => find(id)?.locks);
  return all.includes(undefined) ? [] : [...new Set(all.flatMap((locks) => locks ?? []))];
}

function hashOfTarget(settings: Settings, name: string): Digest | null {
  const target = Object.hasOwn(settings.targets, name) ? settings.targets[name] : undefined;
  return target ? digestOf(target satisfies Json) : null;
}

function report(log: Log, mistakes: readonly CatalogMistake[]): void {
  for (const { file, line, column, says } of mistakes) log.warn({ file, line, column, says }, 'refused a file of the catalog');
}
