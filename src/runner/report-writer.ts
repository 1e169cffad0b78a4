import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { StreamId } from '../core/brand.ts';
import { sha256 } from '../core/digest.ts';
import { renderReport, reportFileName } from '../core/report/index.ts';
import type { Log, Store } from '../core/ports.ts';
import type { Journal } from './journal.ts';

export type ReportWriterParts = { readonly store: Store; readonly journal: Journal; readonly log: Log; readonly reports: string };

/** Writes a closed incident's report to its folder, whole or not at all, and notes its digest in the journal. */
export function createReportWriter({ store, journal, log, reports }: ReportWriterParts): (stream: StreamId) => Promise<void> {
  return async function writeReport(stream) {
    const events = (await store.events(stream)).map((stored) => stored.event);
    const { state } = await journal.load(stream);
    if (state.status !== 'closed') return;
    const markdown = renderReport(events);
    await mkdir(reports, { recursive: true });
    const file = await placeFor(path.join(reports, reportFileName(state)), markdown, state.incident);
    const handle = await open(`${file}.part`, 'w', 0o640);
    try {
      await handle.writeFile(markdown);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${file}.part`, file);
    await journal.apply(stream, { kind: 'note-report', file: path.basename(file), digest: sha256(markdown), template: 2 });
    log.info({ stream, file: path.basename(file) }, 'report written');
  };
}

/** Its own name, unless the report of another incident has it: two can be opened in the same second. */
async function placeFor(file: string, markdown: string, incident: string): Promise<string> {
  const there = await readFile(file, 'utf8').catch(() => null);
  return there === null || there === markdown ? file : file.replace(/\.md$/, `-${incident}.md`);
}
