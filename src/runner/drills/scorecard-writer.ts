import path from 'node:path';
import type { StreamId } from '../../core/brand.ts';
import { sha256 } from '../../core/digest.ts';
import { scorecardName, scorecardOf } from '../../core/drill/scorecard.ts';
import { renderScorecard } from '../../core/drill/scorecard-text.ts';
import { JournalBroken } from '../../core/journal-broken.ts';
import type { Log, Store } from '../../core/ports.ts';
import { LAST_RUNS } from '../../core/procedure/estimate.ts';
import { figuresOf } from '../../core/report/figures.ts';
import type { Journal } from '../journal.ts';
import { placeFor, writeWhole } from '../whole-file.ts';

export type ScorecardParts = {
  readonly store: Store;
  readonly journal: Journal;
  readonly log: Log;
  /** The folder of the reports. */
  readonly reports: string;
};

/** So many incidents are looked through for runs of the same procedure. */
const MOST_INCIDENTS = 200;

/** The folder of the scorecards: beside that of the reports. */
export function scorecardsBeside(reports: string): string {
  return path.join(path.dirname(reports), 'drills');
}

/** Writes the scorecard of a drill that is over, in Markdown and beside it as JSON, and notes its digest in the journal. */
export function createScorecardWriter({ store, journal, log, reports }: ScorecardParts): (stream: StreamId) => Promise<void> {
  return async function writeScorecard(stream) {
    const { state } = await journal.load(stream);
    if (state.status !== 'closed') return;
    const told = await store.events(stream);
    const noted = new Set(told.flatMap(({ event }) => (event.type === 'past-runs-noted' ? [event.run] : [])));
    for (const run of state.runs.filter(({ id }) => !noted.has(id))) {
      const machineMs = await pastRuns(store, run.procedure.id);
      await journal.apply(stream, { kind: 'note-past-runs', run: run.id, machineMs });
    }
    const card = scorecardOf((await store.events(stream)).map(({ event }) => event));
    const markdown = renderScorecard(card);
    const folder = scorecardsBeside(reports);
    const file = state.scorecard
      ? path.join(folder, state.scorecard.file)
      : await placeFor(path.join(folder, scorecardName(state)), markdown, state.incident);
    await writeWhole(file.replace(/\.md$/, '.json'), `${JSON.stringify(card, null, 2)}\n`);
    await writeWhole(file, markdown);
    await journal.apply(stream, { kind: 'note-scorecard', file: path.basename(file), digest: sha256(markdown) });
    log.info({ stream, file: path.basename(file) }, 'scorecard written');
  };
}

/** How long the last verified runs of a procedure took without waiting for people, newest first. */
async function pastRuns(store: Store, procedure: string): Promise<readonly number[]> {
  const found: number[] = [];
  for (const stream of await store.streams({ includeClosed: true, limit: MOST_INCIDENTS })) {
    found.push(...(await runsIn(store, stream, procedure)));
    if (found.length >= LAST_RUNS) break;
  }
  return found.slice(0, LAST_RUNS);
}

async function runsIn(store: Store, stream: StreamId, procedure: string): Promise<readonly number[]> {
  try {
    const { state } = await store.load(stream);
    const runs = state.status === 'none' ? [] : state.runs.filter((run) => run.procedure.id === procedure);
    const verified = runs.filter(({ progress }) => progress.status === 'finished' && progress.outcome === 'verified').toReversed();
    if (verified.length === 0) return [];
    const events = (await store.events(stream)).map(({ event }) => event);
    return verified.flatMap((run) => figuresOf(run, events).machineMs ?? []);
  } catch (error) {
    // An old incident that can't be read says nothing of how long it took.
    if (error instanceof JournalBroken) return [];
    throw error;
  }
}
