import { CHECKLIST } from '../../core/drill/checklist.ts';
import type { SlackEmulator } from '../slack/index.ts';

const PATIENCE_MS = 120_000;

/** The end of a drill: dana looks at what the document asks, says what she has seen, and closes it; the scorecard follows. */
export async function closeTheDrill({ slack, channel }: { readonly slack: SlackEmulator; readonly channel: string }): Promise<void> {
  const dana = slack.person('dana');
  await dana.sees(/The drill is over/, { in: channel, within: PATIENCE_MS });
  await dana.clicks('Fill in the checklist', { in: channel });
  await dana.sees(new RegExp(CHECKLIST.journeys), { in: 'view', within: PATIENCE_MS });
  const answers = Object.fromEntries(Object.values(CHECKLIST).map((question) => [question, 'Yes']));
  await dana.submits({
    ...answers,
    [CHECKLIST.files]: 'Not tested',
    'What else?': 'The deployment took a second attempt, as it was meant to.',
  });
  await dana.sees(/dana filled in the checklist/, { in: channel, within: PATIENCE_MS });
  await dana.types('/incident close the shop is well again', { in: channel });
  await dana.sees(/Scorecard: scorecard-\S+\.md/, { in: channel, within: PATIENCE_MS });
}
