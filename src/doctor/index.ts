import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { DoctorParts } from '../core/doctor/port.ts';
import { checkDisk } from './disk.ts';
import { checkDrills } from './drills.ts';
import { checkJournal } from './journal.ts';
import { checkMetrics } from './metrics.ts';
import { checkPeople } from './people.ts';
import { checkPreflights } from './preflights.ts';
import { checkPrograms } from './programs.ts';
import { checkSecrets } from './secrets.ts';
import { checkSettings } from './settings.ts';
import { checkSlack } from './slack.ts';
import { checkVersions } from './versions.ts';

/** One look. It changes nothing, and what it can't look at is a finding. */
type Check = (parts: DoctorParts) => Promise<readonly DoctorFinding[]>;

/** In the order in which they are shown. A new one is a file beside these and a line here. */
const CHECKS: Readonly<Record<string, Check>> = {
  settings: checkSettings,
  secrets: checkSecrets,
  programs: checkPrograms,
  preflight: checkPreflights,
  metrics: checkMetrics,
  versions: checkVersions,
  slack: checkSlack,
  people: checkPeople,
  journal: checkJournal,
  disk: checkDisk,
  drills: checkDrills,
};

/** All checks, side by side; one that breaks says so and hides no other. */
export async function examine(parts: DoctorParts, left: readonly string[] = []): Promise<readonly DoctorFinding[]> {
  const chosen = Object.entries(CHECKS).filter(([name]) => !left.includes(name));
  const found = await Promise.all(chosen.map(async ([name, check]) => await attempt(name, check, parts)));
  return found.flat();
}

async function attempt(name: string, check: Check, parts: DoctorParts): Promise<readonly DoctorFinding[]> {
  try {
    return await check(parts);
  } catch (error) {
    const says = `This could not be looked at: ${error instanceof Error ? error.message : String(error)}`;
    return [{ check: name, level: 'failure', says, advice: 'Mend what it says, and run rollbot doctor again.' }];
  }
}
