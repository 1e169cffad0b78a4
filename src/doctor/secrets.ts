import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { DoctorParts } from '../core/doctor/port.ts';

/** Whether every secret is where `rollbot.yml` says. */
export async function checkSecrets({ secrets }: DoctorParts): Promise<readonly DoctorFinding[]> {
  const all = await secrets();
  const missing = all.flatMap(({ says }) => (says === null ? [] : [says]));
  if (missing.length === 0) {
    return [{ check: 'secrets', level: 'ok', says: `All ${all.length} secrets that rollbot.yml names can be read.`, advice: null }];
  }
  return missing.map((says) => ({ check: 'secrets', level: 'failure', says, advice: 'Put it there, for the user that runs Rollbot.' }));
}
