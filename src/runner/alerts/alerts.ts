import type { Alerts, AlertAnswer } from '../../core/alert/port.ts';
import { refuse } from '../../core/alert/refusal.ts';
import { offerFor } from '../../core/alert/routes.ts';
import type { IncidentId, StreamId, TokenId } from '../../core/brand.ts';
import type { Acting } from '../../core/incident/command.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { AnyChange } from '../../core/kinds.ts';
import type { Catalog, Ids, Store } from '../../core/ports.ts';
import { allStarters } from '../../core/settings.ts';
import type { Journal } from '../journal.ts';
import { overviewFor } from './overview.ts';
import type { OverviewParts } from './overview.ts';
import { groupBy, groupStreamBy } from './group.ts';

export type AlertsParts = {
  readonly store: Store;
  readonly journal: Journal;
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly ids: Ids;
} & OverviewParts;

const SILENCE_MS = 60 * 60_000;

/** What people can do about alerts. Who may is for the rules to say. */
export function createAlerts(parts: AlertsParts): Alerts {
  const { store, journal, catalog } = parts;
  return {
    async find(token) {
      const group = await groupBy(store, token);
      return group && { group, offer: offerFor(catalog.settings(), group.source, group.alerts) };
    },
    overview: async (acting) => await overviewFor(parts, acting),
    async silence(token, acting) {
      const mayStart = allStarters(catalog.settings());
      const command = { kind: 'silence', forMs: SILENCE_MS, mayStart, ...acting } as const;
      return await apply(parts, token, (stream) => [{ stream, commands: [command] }], {
        says: 'It is silenced for an hour.',
        incident: null,
      });
    },
    async openIncident(token, acting) {
      const incident = parts.ids.short() as IncidentId;
      const opened = `incident/${incident}` as StreamId;
      const title = (await groupBy(store, token))?.title ?? '';
      const home = catalog.settings().alerts?.channel ?? null;
      const open = { kind: 'open-incident', incident, title, by: acting.by, drill: false, home } as const;
      const done = { says: 'The incident is open. Its channel follows in a moment.', incident: opened };
      // The group first: its rules say who may, and whether there is one already.
      return await apply(parts, token, (stream) => [join(parts, stream, opened, acting), { stream: opened, commands: [open] }], done);
    },
    async joinIncident(token, incident, acting) {
      await apply(parts, token, (stream) => [join(parts, stream, incident, acting)], { says: '', incident });
    },
    onChange: (listener) =>
      journal.onChange((stream) => {
        if (isOfKind(stream, 'alert') || isOfKind(stream, 'storm')) listener(stream);
      }),
  };
}

async function apply(
  { store, journal }: AlertsParts,
  token: TokenId,
  changes: (stream: StreamId<'alert'>) => readonly AnyChange[],
  done: { readonly says: string; readonly incident: StreamId | null },
): Promise<AlertAnswer> {
  const stream = await groupStreamBy(store, token);
  if (stream === null) return { status: 'refused', says: refuse('no-such-group').says };
  const applied = await journal.applyTo(changes(stream));
  if (applied.status === 'done') return { status: 'done', ...done };
  return { status: 'refused', says: applied.status === 'refused' ? applied.refusal.says : `${applied.key} is held.` };
}

function join({ catalog }: AlertsParts, stream: StreamId<'alert'>, incident: StreamId, acting: Acting): AnyChange {
  const mayStart = allStarters(catalog.settings());
  return { stream, commands: [{ kind: 'join-incident', stream: incident, mayStart, ...acting }] };
}
