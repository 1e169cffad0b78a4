import { approvalsTonight } from '../core/doctor/approvals-tonight.ts';
import { breakGlassOpen } from '../core/doctor/break-glass.ts';
import { contactsReached } from '../core/doctor/contacts-reached.ts';
import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { DoctorParts } from '../core/doctor/port.ts';
import { rolesHeld } from '../core/doctor/roles-held.ts';

/** Whether roles are held, contacts can be reached, and approvals could be given tonight, or somebody could go on without one. */
export async function checkPeople({ people }: DoctorParts): Promise<readonly DoctorFinding[]> {
  const readings = await people();
  return [...rolesHeld(readings), ...contactsReached(readings), ...approvalsTonight(readings), ...breakGlassOpen(readings)];
}
