import { z } from 'zod';
import { incidentChannel, outcomeIn } from '../auto/conversation.ts';
import type { ConversationParts, Told } from '../auto/conversation.ts';
import type { SlackEmulator } from '../slack/index.ts';
import type { Host } from './host.ts';
import { mistakesInTelling } from './telling.ts';

type Parts = Pick<ConversationParts, 'slack' | 'sandbox' | 'clock' | 'say' | 'begins' | 'over'> & { readonly host: Host };

const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 500;
/** So long everything is left alone before Slack goes, so that what was shown before is known to be. */
const CALM_MS = 2000;

const Shown = z.object({
  runs: z.array(z.object({ run: z.string(), status: z.string() })),
  waiting: z.array(z.object({ kind: z.string(), run: z.string(), step: z.string() })),
});
type Waiting = z.infer<typeof Shown>['waiting'][number];

/**
 * Slack goes down while an approval waits. Omar approves in the terminal, dana answers and closes there, and when Slack is back its
 * channel tells all of it. Ends with an error at the first thing that is not as it has to be.
 */
export async function playWithoutSlack(parts: Parts): Promise<Told> {
  const { slack, clock, say, host } = parts;
  const startedMs = clock.monotonicMs();
  await parts.begins(parts);
  await slack.person('omar').sees(/Approval needed: /, { within: PATIENCE_MS });
  await slack.settled();
  await pause(clock, CALM_MS);
  const channel = incidentChannel(slack);
  say('          (Slack is down from here on: nobody can press the button.)');
  await slack.faults.outage('refused');
  const { repairedMs, waitedMs } = await finishInTheTerminal(parts);
  const tookMs = clock.monotonicMs() - startedMs;
  await must(host, 'close', '--reason', 'the shop is well again');
  if (linesOf(slack, channel).some((line) => /closed this incident/.test(line))) throw new Error('Slack was not down at all.');
  say('          (Slack is back. What happened without it is told now.)');
  await slack.faults.recover();
  return { ...(await readWhatIsTold(parts, channel)), tookMs, repairedMs: repairedMs - startedMs, waitedMs };
}

/** Omar approves whatever waits, and dana answers what is asked of her, until the run is over. */
async function finishInTheTerminal({ clock, host, over, sandbox, say }: Parts): Promise<{ repairedMs: number; waitedMs: number }> {
  let repairedMs: number | null = null;
  let waitedMs = 0;
  await host.sitsDown('omar');
  await must(host, 'status');
  for (const until = clock.monotonicMs() + PATIENCE_MS; clock.monotonicMs() < until && !over.aborted; await pause(clock, LOOK_EVERY_MS)) {
    const { runs, waiting } = Shown.parse(await host.looks('show'));
    const [first] = waiting;
    if (first?.kind === 'approval') {
      const askedMs = clock.monotonicMs();
      await must(host, 'approve', placeOf(first));
      waitedMs += clock.monotonicMs() - askedMs;
    } else if (first?.kind === 'question') {
      repairedMs ??= clock.monotonicMs();
      if ((await sandbox.health()).status !== 'healthy') continue;
      say('          (The shop looks right, and somebody else has to say so.)');
      await host.sitsDown('dana');
      await must(host, 'answer', placeOf(first), 'yes', '--note', 'the shop looks right');
    } else if (first) throw new Error(`The run waits for what nobody expected: ${first.kind} of ${placeOf(first)}.`);
    else if (runs.every(({ status }) => status === 'finished')) return { repairedMs: repairedMs ?? clock.monotonicMs(), waitedMs };
  }
  throw new Error(over.aborted ? 'It was ended before its time.' : `The run was not over after ${PATIENCE_MS / 60_000} minutes.`);
}

/** All of it in its order, once, and with who did it where; the outcome is the one that Slack shows. */
async function readWhatIsTold({ slack, say }: Parts, channel: string): Promise<Pick<Told, 'outcome' | 'report'>> {
  const dana = slack.person('dana');
  const posted = await dana.sees(/Report: \S+\.md/, { in: channel, within: PATIENCE_MS });
  await dana.sees(/omar \(in the terminal\) approved/, { in: channel, within: PATIENCE_MS });
  await slack.settled();
  const mistakes = mistakesInTelling(linesOf(slack, channel));
  if (mistakes.length > 0) throw new Error(`The channel does not tell it right. ${mistakes.join(' ')}`);
  say('          (The channel has told it in its order, and once.)');
  const outcome = dana.messages(channel).flatMap(({ text }) => outcomeIn(text) ?? [])[0] ?? 'nothing';
  return { outcome, report: /Report: (\S+\.md)/.exec(posted.text)?.[1] ?? '' };
}

/** The first line of each message that Rollbot has in a channel. */
function linesOf(slack: SlackEmulator, channel: string): readonly string[] {
  const own = slack
    .person('dana')
    .messages(channel)
    .filter(({ byApp, kind }) => byApp && kind === 'message');
  return own.map(({ text }) => text.split('\n')[0] ?? '');
}

/** A command that has to work. */
async function must({ types }: Host, ...argv: readonly string[]): Promise<void> {
  const { code } = await types(...argv);
  if (code !== 0) throw new Error(`rollbot ${argv[0]} ended with ${code}.`);
}

function placeOf({ run, step }: Waiting): string {
  return `${run}/${step}`;
}

async function pause(clock: Parts['clock'], ms: number): Promise<void> {
  await new Promise<void>((resolve) => clock.after(ms, resolve));
}
