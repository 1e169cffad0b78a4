import { approvalsTonight } from '../core/doctor/approvals-tonight.ts';
import { contactsReached } from '../core/doctor/contacts-reached.ts';
import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { DoctorParts } from '../core/doctor/port.ts';
import { rolesHeld } from '../core/doctor/roles-held.ts';

/** Whether somebody holds each role, whether contacts can be reached, and whether approvals could be given tonight. */
export async function checkPeople({ people }: DoctorParts): Promise<readonly DoctorFinding[]> {
  const readings = await people();
  return [...rolesHeld(readings), ...contactsReached(readings), ...approvalsTonight(readings)];
}
