import type { Instant } from '../core/brand.ts';
import { sayDuration } from '../core/duration.ts';
import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { DoctorParts, JournalReading } from '../core/doctor/port.ts';

/** A quarter, within which the whole system is drilled. */
const LONG_AGO_MS = 92 * 24 * 60 * 60_000;

/** When each procedure was last run, for practice or for real: one that nobody has run for a quarter is one that nobody knows. */
export async function checkDrills({ catalog, journal, clock }: DoctorParts): Promise<readonly DoctorFinding[]> {
  if ('says' in journal) return [];
  const last = await lastRuns(journal);
  return catalog.procedures().map(({ id }) => {
    const at = last.get(id);
    const ago = at === undefined ? null : clock.now() - at;
    if (ago !== null && ago < LONG_AGO_MS)
      return { check: 'drills', level: 'ok', says: `${id} last ended verified ${sayDuration(ago)} ago.`, advice: null };
    const says = ago === null ? `${id} has never ended verified here.` : `${id} last ended verified ${sayDuration(ago)} ago.`;
    return { check: 'drills', level: 'warning', says, advice: `Drill it: /rollback drill ${id}.` };
  });
}

async function lastRuns(journal: JournalReading): Promise<ReadonlyMap<string, Instant>> {
  const last = new Map<string, Instant>();
  for (const stream of await journal.streams()) {
    const state = await journal.load(stream);
    for (const { procedure, progress } of state.status === 'none' ? [] : state.runs) {
      if (progress.status !== 'finished' || progress.outcome !== 'verified') continue;
      if (progress.at > (last.get(procedure.id) ?? 0)) last.set(procedure.id, progress.at);
    }
  }
  return last;
}
