import { sayDuration } from '../core/duration.ts';
import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { DoctorParts, SlackReading } from '../core/doctor/port.ts';

/** Slack's signatures hold for five minutes; a clock that is off by less is wrong in reports and in event order. */
const DRIFT_WARNS_MS = 5000;
const DRIFT_FAILS_MS = 60_000;

/** Whether Slack knows the bot, lets it do what it must, and has the same time. */
export async function checkSlack({ slack }: DoctorParts): Promise<readonly DoctorFinding[]> {
  const reading = await slack();
  if (reading.status === 'not-configured') {
    const advice = 'Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN as the running bot has them, and look again.';
    return [{ check: 'slack', level: 'warning', says: 'No token of Slack is set here, so nothing was asked of it.', advice }];
  }
  if (reading.status === 'failed') return [{ check: 'slack', level: 'failure', says: reading.says, advice: 'Mend what it says.' }];
  return [scopes(reading), ...clock(reading)];
}

type Reached = Extract<SlackReading, { status: 'reached' }>;

function scopes({ workspace, scopes: given, wanted }: Reached): DoctorFinding {
  const missing = given === null ? [] : wanted.filter((scope) => !given.includes(scope));
  if (missing.length === 0) return { check: 'slack', level: 'ok', says: `Slack knows the bot in ${workspace}.`, advice: null };
  return {
    check: 'slack',
    level: 'failure',
    says: `The app lacks ${missing.join(', ')}, which manifest.yml asks for.`,
    advice: 'Bring the manifest of the app up to date, and install it into the workspace again.',
  };
}

function clock({ clocks }: Reached): readonly DoctorFinding[] {
  if (clocks === null) return [];
  const drift = Math.abs(clocks.theirs - clocks.ours);
  // An answer says its time in whole seconds.
  if (drift < DRIFT_WARNS_MS) return [{ check: 'clock', level: 'ok', says: 'The clock agrees with that of Slack.', advice: null }];
  return [
    {
      check: 'clock',
      level: drift < DRIFT_FAILS_MS ? 'warning' : 'failure',
      says: `The clock of this machine and that of Slack are ${sayDuration(drift)} apart.`,
      advice: 'Let chrony or systemd-timesyncd set it.',
    },
  ];
}
