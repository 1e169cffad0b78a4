import type { Clock } from '../../core/ports.ts';
import type { Sighting, SlackEmulator } from '../slack/index.ts';
import type { Say } from '../terminal.ts';
import type { PagerDutyStandIn } from './pagerduty.ts';

export type AnsweringParts = { readonly slack: SlackEmulator; readonly clock: Clock; readonly say: Say };

const THINKS_MS = 1500;

/** Mina has put her phone away; omar, who is called next, says that he has it. The returned function ends it. */
export function answerPages({ slack, clock, say }: AnsweringParts): () => void {
  const taken = new Set<string>();
  return slack.on((change) => {
    if (change.kind !== 'message-posted' || !change.message.text.includes('You are called')) return;
    const { message } = change;
    const who = message.channel === '@omar' ? 'omar' : message.channel === '@mina' ? 'mina' : null;
    if (who === null || taken.has(who)) return;
    taken.add(who);
    if (who === 'mina') return say('          (mina is called, by Slack and by PagerDuty, and has put her phone away.)');
    clock.after(THINKS_MS, () => {
      say('          (omar thinks: mina does not answer, so I take it.)');
      void press(slack, message).catch((error: unknown) => say(`          (omar could not press it: ${String(error)})`));
    });
  });
}

async function press(slack: SlackEmulator, { text }: Pick<Sighting, 'text'>): Promise<void> {
  const what = text.split('\n')[1] ?? '';
  await slack.person('omar').clicks('I have it', { in: '@rollbot', message: what });
}

/** Says what became of the pages, from what stands in the report and what PagerDuty was told; answers whether it is as it should be. */
export function sayPages(pagerDuty: PagerDutyStandIn, report: string, say: Say): boolean {
  const told = report.split('\n').filter((line) => /Paged |Called |answered the page|was not reached/.test(line));
  say('');
  say('What the journal says of the pages:');
  for (const line of told) say(`  ${line.replace(/^- /, '')}`);
  for (const { summary, status } of pagerDuty.incidents) say(`  PagerDuty: ${summary}: ${status}`);
  const omar = told.some((line) => /Omar\S* ?\S* answered the page|omar answered the page/i.test(line));
  const settled = pagerDuty.incidents.length > 0 && pagerDuty.incidents.every(({ status }) => status === 'resolved');
  if (!omar) say('Nobody has answered the page.');
  if (!settled) say('PagerDuty was not told that it is over.');
  return omar && settled;
}
