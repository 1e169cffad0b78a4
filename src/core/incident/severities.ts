import type { RoleId } from '../brand.ts';
import { toldOn } from '../contact/told.ts';
import { parseDuration } from '../duration.ts';
import { didYouMean, sayList } from '../procedure/nearest.ts';
import type { Settings } from '../settings.ts';
import type { Severity } from './record-event.ts';

type Named = Pick<Settings, 'severities' | 'tell' | 'paging'>;

/** A severity as it is pinned when somebody sets it, or the sentence that says which ones there are. */
export function severityNamed({ severities = {}, tell, paging }: Named, id: string): Severity | { readonly says: string } {
  const found = Object.hasOwn(severities, id) ? severities[id] : undefined;
  const known = Object.keys(severities);
  if (!found) {
    if (known.length === 0) return { says: 'There are no severities. Name them under `severities:` in rollbot.yml.' };
    return { says: `There is no severity "${id}".${didYouMean(id, known)} Expected ${sayList(known, 'or')}.` };
  }
  const every = found['update-every'];
  return {
    id,
    title: found.title,
    tell: (found.tell ?? []).map((role) => role as RoleId),
    ...(tell && paging && { told: toldOn({ tell }, { on: 'severity-set', severity: id }) }),
    updateEveryMs: every === undefined ? null : (parseDuration(every) ?? null),
  };
}
