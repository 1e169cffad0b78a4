import type { RoleId, StreamId } from '../core/brand.ts';
import type { Catalog, Clock, Store } from '../core/ports.ts';
import type { Run } from '../core/incident/state.ts';
import type { MetricsOf } from '../core/reading/port.ts';
import { asksOf } from './asks.ts';
import { fileNameOf } from './cards/output-card.ts';
import { desiredMessages } from './messages.ts';
import type { Desired, MessageView } from './messages.ts';

/** A report that is to be put into its incident's channel. */
export type Report = {
  readonly stream: StreamId;
  readonly fileName: string;
  /** How often it was written by now; once where it is left out. */
  readonly edition?: number;
  readonly markdown: string;
  readonly title?: string;
};

export type ViewParts = {
  readonly store: Pick<Store, 'load' | 'events'>;
  readonly catalog: Pick<Catalog, 'settings' | 'procedure'>;
  readonly clock: Clock;
  /** Reports that were handed over and are not posted yet. */
  readonly reports: ReadonlyMap<StreamId, readonly Report[]>;
  readonly metricsOf?: MetricsOf;
};

export type StreamView = MessageView & { readonly messages: readonly Desired[] };

/** What a stream wants to say at this moment; null where there is nothing to say, or where a newer Rollbot wrote what we can't read. */
export async function lookAt({ store, catalog, clock, reports, metricsOf }: ViewParts, stream: StreamId): Promise<StreamView | null> {
  const { state, readOnly } = await store.load(stream);
  if (state.status === 'none' || readOnly !== null) return null;
  const stored = await store.events(stream);
  const view: MessageView = {
    incident: state,
    asks: asksOf(stored.map(({ event }) => event)),
    settings: catalog.settings(),
    now: clock.now(),
    toldOf: (run: Run) => (catalog.procedure(run.procedure.id)?.procedure.page ?? []) as RoleId[],
    ...(metricsOf && { metricsOf }),
  };
  return { ...view, messages: [...desiredMessages(view), ...(reports.get(stream) ?? []).map(reportMessage)] };
}

/** The message that carries a report; its key is what keeps it from being posted twice. */
function reportMessage(report: Report): Desired {
  const { fileName, edition = 1, markdown, title = 'Report' } = report;
  const again = edition > 1 ? ` (edition ${edition})` : '';
  // A lost upload is looked for by its name, so no two editions have the same one.
  const name = edition > 1 ? fileName.replace(/\.md$/, `-${edition}.md`) : fileName;
  const content = { kind: 'file', name, title: `${title}: ${fileName}${again}`, text: markdown } as const;
  return { key: reportKey(report), place: { kind: 'incident' }, priority: 'page', content, bookmark: `${title}${again}` };
}

/** Where the store remembers that a report was posted. */
export function reportKey({ fileName, edition = 1 }: Pick<Report, 'fileName' | 'edition'>): string {
  return `report:${fileNameOf([fileName])}${edition > 1 ? `:${edition}` : ''}`;
}
