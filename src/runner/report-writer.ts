import path from 'node:path';
import type { StreamId } from '../core/brand.ts';
import { drawnBy } from '../core/chart.ts';
import type { Drawing } from '../core/chart.ts';
import { sha256 } from '../core/digest.ts';
import { isNewsToReaders } from '../core/incident/news.ts';
import { renderReport, reportFileName, TEMPLATE } from '../core/report/index.ts';
import type { RenderedReport } from '../core/report/index.ts';
import type { Log, Store } from '../core/ports.ts';
import type { Journal } from './journal.ts';
import { placeFor, writeWhole } from './whole-file.ts';

export type ReportWriterParts = {
  readonly store: Store;
  readonly journal: Journal;
  readonly log: Log;
  readonly reports: string;
  /** Draws a chart as PNG. */
  readonly drawChart: (drawing: Drawing) => Buffer;
};

/**
 * Writes a closed incident's report to its folder, whole or not at all, with its pictures and the same as JSON beside it, and
 * notes its digest in the journal. What is said afterwards writes it again, into the same file.
 */
export function createReportWriter(parts: ReportWriterParts): (stream: StreamId) => Promise<void> {
  const { store, journal, log, reports } = parts;
  return async function writeReport(stream) {
    const written = await writeOnce(stream);
    // What was said meanwhile is not in it yet.
    if (written !== null && (await store.events(stream)).slice(written).some(({ event }) => isNewsToReaders(event))) {
      await writeReport(stream);
    }
  };

  /** Answers how many events are in it; null where none is owed. */
  async function writeOnce(stream: StreamId): Promise<number | null> {
    const events = (await store.events(stream)).map((stored) => stored.event);
    const { state } = await journal.load(stream);
    if (state.status !== 'closed') return null;
    const report = renderReport(events);
    const file = state.report
      ? path.join(reports, state.report.file)
      : await placeFor(path.join(reports, reportFileName(state)), report.markdown, state.incident);
    await writeBeside(parts, file, report);
    await writeWhole(file, report.markdown);
    await journal.apply(stream, { kind: 'note-report', file: path.basename(file), digest: sha256(report.markdown), template: TEMPLATE });
    log.info({ stream, file: path.basename(file) }, 'report written');
    return events.length;
  }
}

async function writeBeside(
  { drawChart, log, reports }: ReportWriterParts,
  file: string,
  { json, pictures }: RenderedReport,
): Promise<void> {
  if (json !== null) await writeWhole(file.replace(/\.md$/, '.json'), json);
  for (const picture of pictures) {
    const drawn = drawnBy(() => drawChart(picture.chart));
    if ('why' in drawn) log.error({ file: picture.file, why: drawn.why }, 'a picture of a report could not be drawn');
    else await writeWhole(path.join(reports, picture.file), drawn);
  }
}
