import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { DoctorParts } from '../core/doctor/port.ts';

/** Whether the journal is whole: every event, hash, state and claim. */
export async function checkJournal({ journal }: DoctorParts): Promise<readonly DoctorFinding[]> {
  if ('says' in journal) {
    return [
      { check: 'journal', level: 'warning', says: journal.says, advice: 'Where Rollbot was never started here, that is as it should be.' },
    ];
  }
  const found = await journal.verify();
  if (found.length === 0)
    return [{ check: 'journal', level: 'ok', says: 'Every event, hash, state and claim is as it should be.', advice: null }];
  return found.map(({ stream, seq, says }) => ({
    check: 'journal',
    level: 'failure',
    says: `${stream}${seq === null ? '' : ` #${seq}`}: ${says}`,
    advice: 'Compare it with a copy: rollbot verify <copy>. docs/operations.md says how one is put back.',
  }));
}
