import type { AlertInbox } from '../../core/alert/inbox.ts';
import type { Alerts } from '../../core/alert/port.ts';
import { createAlerts } from './alerts.ts';
import type { AlertsParts } from './alerts.ts';
import { createAlertDesk } from './desk.ts';
import type { AlertDesk, DeskParts } from './desk.ts';
import { createAlertInbox } from './inbox.ts';
import { createQuarantine } from './quarantine.ts';

export type AlertOffice = {
  readonly alerts: Alerts;
  readonly inbox: AlertInbox;
  readonly desk: Pick<AlertDesk, 'start' | 'stop'>;
};

/** Everything that happens to an alert between its receipt and chat. */
export function createAlertOffice(parts: Omit<DeskParts, 'quarantine' | 'onDone' | 'came'> & AlertsParts): AlertOffice {
  const quarantine = createQuarantine(parts);
  const inbox = createAlertInbox({ ...parts, quarantine, onTaken: () => desk.nudge() });
  const desk = createAlertDesk({ ...parts, quarantine, onDone: (keys) => inbox.leave(keys), came: () => inbox.came() });
  return { alerts: createAlerts(parts), inbox, desk };
}
