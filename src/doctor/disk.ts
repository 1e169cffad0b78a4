import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { DoctorParts } from '../core/doctor/port.ts';

const GIB = 1024 ** 3;
const WARNS_BELOW = 2 * GIB;
const FAILS_BELOW = GIB / 4;

/** Whether there is room for the journal and for what runs write: a full disk stops every run. */
export async function checkDisk({ disk }: DoctorParts): Promise<readonly DoctorFinding[]> {
  return (await disk()).map(({ folder, freeBytes, totalBytes }) => {
    const says = `${folder} has ${(freeBytes / GIB).toFixed(1)} GiB free of ${(totalBytes / GIB).toFixed(1)} GiB.`;
    if (freeBytes >= WARNS_BELOW) return { check: 'disk', level: 'ok', says, advice: null };
    return { check: 'disk', level: freeBytes < FAILS_BELOW ? 'failure' : 'warning', says, advice: 'Make room before a run stops for it.' };
  });
}
