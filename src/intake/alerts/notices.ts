import { bounded, boundedName, boundedTitle } from '../../core/alert/alert.ts';
import type { Notice } from '../../core/alert/alert.ts';
import type { SourceSettings } from '../../core/alert/schema.ts';
import type { Instant } from '../../core/brand.ts';
import { sayList } from '../../core/procedure/nearest.ts';
import type { Said } from './source.ts';

/** What a source said, within bounds and with the time of its receipt; refused where it speaks of a target that is not its own. */
export function noticesOf(
  said: readonly Said[],
  source: string,
  { targets }: SourceSettings,
  at: Instant,
): { readonly notices: readonly Notice[] } | { readonly says: string } {
  const foreign = said.flatMap(({ alerts }) => alerts).find(({ target }) => target !== null && !targets.includes(target));
  if (foreign) {
    return {
      says: `${source} speaks of the target ${JSON.stringify((foreign.target ?? '').slice(0, 60))}, and may speak of ${sayList(targets, 'and')} only. Add it to the source's "targets" in rollbot.yml if that is right.`,
    };
  }
  return {
    notices: said.map(({ group, title, left, alerts }) => ({
      source,
      group: boundedName(group),
      title: boundedTitle(title),
      left,
      alerts: alerts.map((alert) => bounded({ ...alert, startsAt: alert.startsAt ?? at })),
      at,
    })),
  };
}
