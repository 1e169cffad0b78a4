import { ALERT_BUTTONS } from './alerts.ts';
import { BREAK_GLASS } from './break-glass.ts';
import { BUTTONS } from './buttons.ts';
import { DENIAL } from './denial.ts';
import { CHECKLIST_FORM } from './checklist.ts';
import { DRILL_BUTTONS } from './drills.ts';
import type { Entry } from './entry.ts';
import { FOLLOW_UPS } from './follow-ups.ts';
import { HOME } from './home.ts';
import { CLOSING } from './incident-close.ts';
import { INCIDENT } from './incident-command.ts';
import { ON_CALL } from './on-call-command.ts';
import { PAGE, PAGE_BUTTONS } from './page-command.ts';
import { NOTING } from './incident-notes.ts';
import { OPENING } from './incident-open.ts';
import { UPDATING } from './incident-update.ts';
import { WRITE_UP } from './incident-write-up.ts';
import { ROLLBACK } from './rollback-command.ts';
import { START } from './start-form.ts';
import { WATCH_BUTTONS } from './triggers.ts';
import { VENDOR_BUTTONS } from './vendors.ts';

/** Every way in from Slack. What is not in this table is not listened to. */
export const ENTRIES: readonly Entry[] = [
  ROLLBACK,
  ...ON_CALL,
  ...START,
  ...BUTTONS,
  ...DENIAL,
  ...BREAK_GLASS,
  INCIDENT,
  ...OPENING,
  CLOSING,
  ...NOTING,
  ...UPDATING,
  WRITE_UP,
  ...ALERT_BUTTONS,
  ...WATCH_BUTTONS,
  PAGE,
  ...PAGE_BUTTONS,
  ...DRILL_BUTTONS,
  ...CHECKLIST_FORM,
  ...FOLLOW_UPS,
  ...VENDOR_BUTTONS,
  HOME,
];
