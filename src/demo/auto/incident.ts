import type { Clock } from '../../core/ports.ts';
import type { SlackEmulator } from '../slack/index.ts';
import type { Say } from '../terminal.ts';

type Parts = { readonly slack: SlackEmulator; readonly clock: Clock; readonly say: Say };
type Place = Parts & { readonly channel: string };

const PATIENCE_MS = 120_000;
/** What is read when an incident is closed is what it was a few seconds ago. */
const SETTLES_MS = 12_000;

/** What people do in the channel of an incident while the run goes on: how bad it is, who does what, and what they see. */
export async function leadTheIncident({ slack, say }: Parts): Promise<void> {
  const dana = slack.person('dana');
  const omar = slack.person('omar');
  const priya = slack.person('priya');
  await dana.sees(/Opened by [^]*\/incident close/, { within: PATIENCE_MS });
  const channel = incidentChannel(slack);
  say('          (An incident needs somebody who leads it, and others outside want to hear of it.)');
  await dana.types('/incident severity sev1', { in: channel });
  await dana.types('/incident role commander', { in: channel });
  await dana.types('/incident role communications @priya', { in: channel });
  await dana.sees(/commander dana · communications priya/, { in: channel, within: PATIENCE_MS });
  await omar.says('the hit rate fell right after the last deploy', { in: channel });
  await dana.reacts('pushpin', { message: 'the hit rate fell', in: channel });
  await priya.types('/incident note customers write that the shop is slow', { in: channel });
  await priya.sees(/It stands in the timeline now/, { in: channel, within: PATIENCE_MS });
}

/** The end: people outside are told, the checklist is gone through, and what was found out is written down. */
export async function closeByChecklist({ slack, clock, say, channel }: Place): Promise<void> {
  const dana = slack.person('dana');
  const priya = slack.person('priya');
  await dana.sees(/ErrorRateHigh[^]*Resolved/, { in: '#general', within: PATIENCE_MS });
  await priya.types('/incident update', { in: channel });
  await priya.sees('For the business', { in: 'view', within: PATIENCE_MS });
  await priya.submits();
  await dana.sees(/Update 1 by priya/, { in: channel, within: PATIENCE_MS });
  say('          (The checklist reads what it can, and asks for the rest.)');
  await new Promise<void>((resolve) => clock.after(SETTLES_MS, resolve));
  await dana.types('/incident close', { in: channel });
  await dana.sees('No data corruption detected', { in: 'view', within: PATIENCE_MS });
  await dana.submits({
    'Database queries below 500 ms on average': 'Yes',
    'WebSocket connections stable': 'Yes',
    'No data corruption detected': 'Yes',
  });
  await dana.sees(/Report: \S+\.md/, { in: channel, within: PATIENCE_MS });
  await dana.types('/incident report', { in: channel });
  await dana.sees('Root cause', { in: 'view', within: PATIENCE_MS });
  await dana.submits({
    'Root cause': 'A deploy turned cache warming on for every key.',
    'Lessons learned': 'Warm a tenth first, and look.',
    'More action items': 'Alert on the hit rate',
  });
  await dana.sees(/\(edition 2\)/, { in: channel, within: PATIENCE_MS });
}

function incidentChannel(slack: SlackEmulator): string {
  return (
    slack
      .person('dana')
      .screen()
      .channels.find(({ name }) => name.startsWith('#inc'))?.name ?? '#none'
  );
}
