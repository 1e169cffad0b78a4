import type { AlertOverview, Shut } from '../../core/alert/port.ts';
import { QUARANTINE_ROW } from '../../core/alert/inbox.ts';
import { refuse } from '../../core/alert/refusal.ts';
import type { Acting } from '../../core/incident/command.ts';
import { sharedRoles } from '../../core/incident/find.ts';
import { sayList } from '../../core/procedure/nearest.ts';
import { createRedactor } from '../../core/redaction.ts';
import type { Redactor } from '../../core/redaction.ts';
import type { Catalog, InboxRow, Store } from '../../core/ports.ts';
import { allStarters, commandersOf } from '../../core/settings.ts';
import { readable } from '../readable.ts';

export type OverviewParts = {
  readonly store: Pick<Store, 'streams' | 'load' | 'pendingInbox'>;
  readonly catalog: Pick<Catalog, 'settings'>;
  /** Every value that may appear nowhere. */
  readonly hidden: () => Promise<readonly string[]>;
};

const MOST_GROUPS = 200;
/** Enough to see what it is. */
const SHOWN = 200;

/** What fires, and what lies in quarantine: others' texts, so only people who have to deal with them see those. */
export async function overviewFor({ store, catalog, hidden }: OverviewParts, { roles }: Acting): Promise<AlertOverview> {
  const settings = catalog.settings();
  const allowed = [...new Set([...allStarters(settings), ...commandersOf(settings)])];
  if (sharedRoles(roles, allowed).length === 0)
    return { status: 'refused', says: refuse('not-in-role', `It needs ${sayList(allowed)}.`).says };
  const streams = await store.streams({ kind: 'alert', limit: MOST_GROUPS });
  const states = await Promise.all(streams.map(async (stream) => await readable(store, stream)));
  const rows = await store.pendingInbox({ kinds: [QUARANTINE_ROW] });
  const redactor = createRedactor(await hidden());
  return {
    status: 'shown',
    groups: states.flatMap((state) => (state?.status === 'open' ? [state] : [])),
    shut: rows.toReversed().map((row) => shutOf(row, redactor)),
  };
}

/** A secret must not be cut in two before it is looked for. */
function shutOf({ body, at }: InboxRow, redactor: Redactor): Shut {
  const { source, says, text, characters } = body as { source: string; says: string; text: string; characters?: number };
  const begins = redactor.redact(text).replaceAll(/\s+/g, ' ').slice(0, SHOWN).toWellFormed();
  return { source, at, says, begins, characters: characters ?? text.length };
}
