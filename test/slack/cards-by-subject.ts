import { ALERT_CARDS } from './alert-samples.ts';
import { CHECKUP_CARDS } from './checkup-samples.ts';
import { INCIDENT_CARDS } from './incident-samples.ts';
import { DRILL_CARDS } from './drill-samples.ts';
import { FOLLOW_UP_CARDS } from './follow-up-samples.ts';
import { ON_CALL_CARDS } from './on-call-samples.ts';
import { STATS_CARDS } from './stats-samples.ts';
import { OVERRIDE_CARDS } from './override-samples.ts';
import { TRIGGER_CARDS } from './trigger-samples.ts';
import { VENDOR_CARDS } from './vendor-samples.ts';

/** The cards whose samples stand with what they are about. */
export const CARDS_BY_SUBJECT: Readonly<Record<string, object>> = {
  ...ALERT_CARDS,
  ...INCIDENT_CARDS,
  ...TRIGGER_CARDS,
  ...ON_CALL_CARDS,
  ...VENDOR_CARDS,
  ...DRILL_CARDS,
  ...FOLLOW_UP_CARDS,
  ...CHECKUP_CARDS,
  ...STATS_CARDS,
  ...OVERRIDE_CARDS,
};
