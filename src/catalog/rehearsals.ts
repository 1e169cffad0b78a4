import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogEntry, CatalogMistake } from '../core/ports.ts';
import { Rehearsal } from '../core/rehearsal/schema.ts';
import type { Settings } from '../core/settings.ts';
import { checkFile } from './checked-file.ts';
import { rehearsalMistakes } from './checks/rehearsal.ts';
import { readYamlFile } from './yaml-files.ts';

export type RehearsalFile = { readonly procedure: string; readonly rehearsal: Rehearsal };
export type ReadRehearsals = { readonly rehearsals: readonly RehearsalFile[]; readonly mistakes: readonly CatalogMistake[] };

const ENDING = '.rehearsal.yml';

/** Reads the rehearsals beside these procedures. A procedure without one is a mistake, and so is one without its procedure. */
export async function readRehearsals(folder: string, entries: readonly CatalogEntry[], settings: Settings): Promise<ReadRehearsals> {
  const names = await namesIn(folder);
  const rehearsals: RehearsalFile[] = [];
  const mistakes: CatalogMistake[] = lonely(folder, names);
  for (const entry of entries) {
    const file = join(folder, `${entry.id}${ENDING}`);
    if (!names.includes(`${entry.id}${ENDING}`)) {
      mistakes.push(atTheTop(join(folder, `${entry.id}.yml`), `${entry.id} has no rehearsal; expected ${file} beside it.`));
      continue;
    }
    const checked = checkFile(await readYamlFile(file, folder), Rehearsal, (rehearsal) =>
      rehearsalMistakes({ rehearsal, entry, settings }),
    );
    if ('content' in checked) rehearsals.push({ procedure: entry.id, rehearsal: checked.content });
    else mistakes.push(...checked.mistakes);
  }
  return { rehearsals, mistakes };
}

/** Whether its procedure can be read is said elsewhere; here it only has to be there. */
function lonely(folder: string, names: readonly string[]): CatalogMistake[] {
  return names
    .filter((name) => /\.rehearsal\.ya?ml$/i.test(name))
    .flatMap((name) => {
      if (!name.endsWith(ENDING)) return [atTheTop(join(folder, name), `The name of this file has another ending; expected ${ENDING}.`)];
      const procedure = `${name.slice(0, -ENDING.length)}.yml`;
      return names.includes(procedure)
        ? []
        : [atTheTop(join(folder, name), `There is no ${procedure} to rehearse; expected it beside this file.`)];
    });
}

/** A folder that can't be read is a mistake of the catalog already. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch {
    return [];
  }
}

function atTheTop(file: string, says: string): CatalogMistake {
  return { file, line: 1, column: 1, says };
}
