import path from 'node:path';
import type { StreamId } from '../core/brand.ts';
import { sha256 } from '../core/digest.ts';
import { renderReport, reportFileName } from '../core/report/index.ts';
import type { Log, Store } from '../core/ports.ts';
import type { Journal } from './journal.ts';
import { placeFor, writeWhole } from './whole-file.ts';

export type ReportWriterParts = { readonly store: Store; readonly journal: Journal; readonly log: Log; readonly reports: string };

/** Writes a closed incident's report to its folder, whole or not at all, and notes its digest in the journal. */
export function createReportWriter({ store, journal, log, reports }: ReportWriterParts): (stream: StreamId) => Promise<void> {
  return async function writeReport(stream) {
    const events = (await store.events(stream)).map((stored) => stored.event);
    const { state } = await journal.load(stream);
    if (state.status !== 'closed') return;
    const markdown = renderReport(events);
    const file = await placeFor(path.join(reports, reportFileName(state)), markdown, state.incident);
    await writeWhole(file, markdown);
    await journal.apply(stream, { kind: 'note-report', file: path.basename(file), digest: sha256(markdown), template: 2 });
    log.info({ stream, file: path.basename(file) }, 'report written');
  };
}
