import type { FollowUps } from '../../core/followup/port.ts';
import { createFollowUps } from './followups.ts';
import type { FollowUpParts } from './followups.ts';
import { createReminder } from './reminder.ts';
import type { ReminderParts } from './reminder.ts';

export type FollowUpOffice = { readonly followUps: FollowUps; start(): Promise<void>; stop(): Promise<void> };

/** Everything that happens to what incidents leave to be done. */
export function createFollowUpOffice(parts: FollowUpParts & ReminderParts): FollowUpOffice {
  return { followUps: createFollowUps(parts), ...createReminder(parts) };
}
