import { runOf } from '../../core/incident/state.ts';
import { sayTo } from '../../core/page/note.ts';
import type { Page } from '../../core/page/state.ts';
import type { Journal } from '../journal.ts';

/**
 * The same people are not called twice because of one start: where a rule has called them already, the page of the procedure that
 * it started says so and ends. Null where nobody has called them.
 */
export async function earlierFor(journal: Pick<Journal, 'load'>, page: Page): Promise<string | null> {
  const { incident, run } = page.about;
  if (page.why !== 'run-started' || incident === null) return null;
  const { state } = await journal.load(incident);
  if (state.status === 'none') return null;
  // Where a report was contained by this run, its rule's page goes on when the run is over, and so it is about the incident alone.
  const byItself = run !== null && runOf(state, run)?.startedBy.kind === 'rollbot';
  const other = state.pages.find(
    (each) =>
      each.page !== page.page &&
      each.why === 'trigger' &&
      each.closedAt === null &&
      (each.about.run === run || (each.about.run === null && byItself)) &&
      page.to.roles.every((role) => each.to.roles.includes(role)),
  );
  return other ? `${sayTo(page.to)} is called by page ${other.page} already.` : null;
}
