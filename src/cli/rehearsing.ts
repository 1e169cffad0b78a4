import type { RoleId } from '../core/brand.ts';
import type { Catalog, CatalogMistake } from '../core/ports.ts';
import { readRehearsals } from '../catalog/index.ts';
import type { Params } from '../core/incident/event.ts';
import { holder } from '../core/rehearsal/cast.ts';
import type { Casting } from '../core/rehearsal/play.ts';
import { rehearse } from '../core/rehearsal/rehearse.ts';
import type { Rehearsed } from '../core/rehearsal/rehearse.ts';
import type { Rehearsal } from '../core/rehearsal/schema.ts';
import { pin } from '../runner/index.ts';

/** Rehearses procedures of a catalog, all of them where none is named, with the mistakes of their files. */
export async function rehearseAll(
  folder: string,
  catalog: Catalog,
  ids: readonly string[] = [],
): Promise<{ readonly rehearsed: readonly Rehearsed[]; readonly mistakes: readonly CatalogMistake[] }> {
  const entries = catalog.procedures().filter(({ id }) => ids.length === 0 || ids.includes(id));
  const { rehearsals, mistakes } = await readRehearsals(folder, entries, catalog.settings());
  const rehearsed = rehearsals.map(({ procedure, rehearsal }) => rehearse(rehearsal, casting(catalog, procedure, rehearsal)));
  return { rehearsed, mistakes };
}

/** Pins a run just as an order from Slack would. The file has been checked against the same rules, so a refusal here is a bug. */
function casting(catalog: Catalog, procedure: string, rehearsal: Rehearsal): (params: Params) => Casting {
  const { start } = catalog.settings();
  const startedBy = (rehearsal['started-by'] ?? (start[procedure] ?? start['*'])?.[0] ?? '') as RoleId;
  return (params) => {
    const order = { procedure, target: rehearsal.target ?? null, params, reason: null, channel: null, ...holder(startedBy) };
    const pinned = pin(catalog, order);
    if ('mistakes' in pinned) throw new Error(`${procedure} can't be rehearsed: ${pinned.mistakes.map(({ says }) => says).join(' ')}`);
    return { ...pinned, startedBy };
  };
}
