import type { Clock } from '../../core/ports.ts';
import type { SabotageName } from '../sandbox/sabotage.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Directory } from '../directory.ts';
import { calledBy } from '../page/asks.ts';
import type { Sighting, SlackEmulator } from '../slack/index.ts';
import type { Say } from '../terminal.ts';
import { answerTo } from './asks.ts';
import type { Beginning } from './beginning.ts';
import type { Answer } from './asks.ts';

/** How the conversation went. */
export type Told = {
  /** Rollbot's last word about the run: `Done and verified`. */
  readonly outcome: string;
  /** From the command to the end of the run. */
  readonly tookMs: number;
  /** From the command to the checklist, which is when the last step was done; null when it never came to that. */
  readonly repairedMs: number | null;
  /** What of it passed between an approval's being shown and somebody's pressing the button. */
  readonly waitedMs: number;
  /** The name of the report's file, once it stands in the channel. */
  readonly report: string;
};

export type ConversationParts = {
  readonly slack: SlackEmulator;
  readonly directory: Directory;
  readonly sandbox: Pick<Sandbox, 'health' | 'sabotage' | 'procedures' | 'break'>;
  readonly begins: Beginning;
  /** What people do beside answering, while the run goes on. */
  readonly leads?: (parts: ConversationParts) => Promise<void>;
  /** How they end it in its channel; a command with a reason where it is left out. */
  readonly ends?: (parts: ConversationParts & { readonly channel: string }) => Promise<void>;
  readonly clock: Clock;
  readonly say: Say;
  readonly sabotage: SabotageName | null;
  /** It is a drill: what fails was meant to, and whoever approves first has to stay silent. */
  readonly practised?: boolean;
  /** Aborted when nobody wants to see more of it. */
  readonly over: AbortSignal;
};

const OUTCOME = /\b(Done and verified|Done: there was nothing to do|Not started[^\n]*|Ended: [^\n]*|Undone|Stopped)(?=\n|$)/;
const PATIENCE_MS = 360_000;
/** How long dana looks at the shop before she says that it is not right. */
const LOOK_MS = 15_000;
/** How long a deployment may take before dana stops the run. */
const HANGS_MS = 6000;
/** How long nobody approves before somebody else does. */
const WONDER_MS = 4000;

/** Plays everybody's part, from the command to the report. */
export async function converse(parts: ConversationParts): Promise<Told> {
  const { slack, clock } = parts;
  const dana = slack.person('dana');
  const startedMs = clock.monotonicMs();
  await parts.begins(parts);
  const [{ outcome, waitedMs, checklistMs }] = await Promise.all([untilOver(parts), parts.leads?.(parts)]);
  const tookMs = clock.monotonicMs() - startedMs;
  const repairedMs = checklistMs === null ? null : checklistMs - startedMs;
  const channel = incidentChannel(slack);
  const reason = outcome === 'Done and verified' ? 'the shop is well again' : 'to be looked into by hand';
  if (parts.ends) await parts.ends({ ...parts, channel });
  else await dana.types(`/incident close ${reason}`, { in: channel });
  const posted = await dana.sees(/Report: \S+\.md/, { in: channel, within: PATIENCE_MS });
  const report = /Report: (\S+\.md)/.exec(posted.text)?.[1] ?? '';
  return { outcome, tookMs, repairedMs, waitedMs, report };
}

/** Answers whatever is asked until Rollbot says that the run is over. */
async function untilOver(parts: ConversationParts): Promise<{ outcome: string; waitedMs: number; checklistMs: number | null }> {
  const { slack, clock, over } = parts;
  let checklistMs: number | null = null;
  const desk = createDesk(parts);
  return await new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      stop();
      giveUp();
      desk.stop();
      settle();
    };
    over.addEventListener('abort', () => end(() => reject(new Error('It was ended before its time.'))), { once: true });
    const giveUp = clock.after(PATIENCE_MS, () =>
      end(() => reject(new Error(`The run was not over after ${PATIENCE_MS / 60_000} minutes.`))),
    );
    const stop = slack.on((change) => {
      if (change.kind === 'ephemeral-shown' && /silent approver/.test(change.message.text)) desk.othersWonder();
      if (change.kind !== 'message-posted' && change.kind !== 'message-edited') return;
      const { message } = change;
      if (!message.byApp || !message.channel.startsWith('#inc')) return;
      const outcome = outcomeIn(message.text);
      if (message.text.startsWith('Verification: ')) checklistMs ??= clock.monotonicMs();
      if (outcome) end(() => resolve({ outcome, waitedMs: desk.waitedMs(), checklistMs }));
      else desk.take(message).catch((error: unknown) => end(() => reject(error instanceof Error ? error : new Error(String(error)))));
    });
  });
}

/** What the card of a run says became of it; null in any other text, and before its end. */
export function outcomeIn(text: string): string | null {
  return /^Run \w+ ·/m.test(text) ? (OUTCOME.exec(text)?.[1] ?? null) : null;
}

/** Where the messages arrive that people have to do something about. */
function createDesk({ slack, directory, sandbox, clock, say, sabotage, practised = false }: ConversationParts) {
  const answered = new Set<string>();
  const latest = new Map<string, Sighting>();
  const approvals = new Map<string, readonly string[]>();
  let over = false;
  let waitedMs = 0;
  let retried = false;
  let cancelHang: (() => void) | null = null;
  let cancelWonder: (() => void) | null = null;
  let wondered = false;

  const approvedOn = ({ ts }: Sighting): readonly string[] => approvals.get(ts) ?? [];

  async function answer(message: Sighting): Promise<void> {
    const shownMs = clock.monotonicMs();
    const isQuestion = message.buttons.includes('Yes');
    const healthy = isQuestion ? await becomesHealthy(sandbox, clock, () => over) : false;
    const approved = approvedOn(message);
    const called = calledBy(isQuestion ? firstQuestion(message) : message, directory);
    const chosen = answerTo(message, { healthy, sabotage, retried, practised, called, approved });
    if (!chosen || over) return;
    if (chosen.label === 'Retry') retried = true;
    if (chosen.label === 'Approve') approvals.set(message.ts, [...approved, chosen.who]);
    if (chosen.label === 'Approve' && sabotage === 'redis-down') {
      say('          (The cache goes down now.)');
      await sandbox.sabotage('redis-down');
    }
    say(`          (${chosen.who} thinks: ${chosen.why})`);
    // Questions are answered while the machine verifies, so they are not counted as waiting.
    if (!isQuestion) waitedMs += clock.monotonicMs() - shownMs;
    await press(chosen, message);
  }

  /** A message may have changed while somebody thought about it: what is pressed is the button that is there now, if it is. */
  async function press({ who, label }: Pick<Answer, 'who' | 'label'>, { channelId, ts }: Sighting): Promise<void> {
    const now = latest.get(ts);
    const element = now && elementOf(now, label);
    if (!now || !element) return;
    try {
      await slack.person(who).acts({ message: { channel: channelId, ts }, ...element });
    } catch (error) {
      if (latest.get(ts) === now) throw error;
      await press({ who, label }, now);
    }
  }

  /** A deployment that does not end is ended by a person. */
  function watchForHanging(message: Sighting): void {
    const run = /^Run (\w+) ·/m.exec(message.text)?.[1];
    if (sabotage !== 'deploy-hangs' || !run || cancelHang || !/Deploy [^\n]* · running/.test(message.text)) return;
    cancelHang = clock.after(HANGS_MS, () => {
      void slack.person('dana').types(`/rollback stop ${run} the deployment does not end`, { in: message.channel });
    });
  }

  return {
    waitedMs: () => waitedMs,
    stop() {
      over = true;
      cancelHang?.();
      cancelWonder?.();
    },
    /** Nobody has approved for a while, so whoever else may looks at what is still asked. */
    othersWonder() {
      cancelWonder = clock.after(WONDER_MS, () => {
        wondered = true;
        say('          (Nobody approves. Who else may?)');
        const waiting = [...latest.values()].findLast((message) => message.buttons.includes('Approve'));
        if (waiting) void this.take(waiting);
      });
    },
    async take(message: Sighting): Promise<void> {
      latest.set(message.ts, message);
      watchForHanging(message);
      const key = `${message.ts} ${message.buttons.join()} ${approvedOn(message).join()}`;
      if (message.buttons.length === 0) return;
      // Whoever approved first in a drill has to stay silent, and nobody else knows that.
      if (answered.has(key) || (practised && !wondered && approvedOn(message).length > 0)) return;
      answered.add(key);
      await answer(message);
    },
  };
}

/** Only what is asked first: whoever that concerns answers, and then it is the next one's turn. */
function firstQuestion({ text }: Sighting): Pick<Sighting, 'blocks' | 'text'> {
  return { blocks: [], text: /^\s*for .*$/m.exec(text)?.[0] ?? '' };
}

async function becomesHealthy(sandbox: Pick<Sandbox, 'health'>, clock: Clock, isOver: () => boolean): Promise<boolean> {
  const until = clock.monotonicMs() + LOOK_MS;
  for (;;) {
    if ((await sandbox.health()).status === 'healthy') return true;
    if (isOver() || clock.monotonicMs() > until) return false;
    await new Promise<void>((resolve) => clock.after(200, resolve));
  }
}

function elementOf({ blocks }: Sighting, label: string): { blockId: string; actionId: string } | null {
  for (const { block_id: blockId, elements } of blocks) {
    const found = Array.isArray(elements)
      ? elements.find((element: { text?: { text?: string } }) => element.text?.text === label)
      : undefined;
    if (found) return { blockId: String(blockId), actionId: String((found as { action_id?: unknown }).action_id) };
  }
  return null;
}

/** The channel of the newest incident, which dana is in. */
export function incidentChannel(slack: SlackEmulator): string {
  const found = slack
    .person('dana')
    .screen()
    .channels.findLast(({ name }) => name.startsWith('#inc'));
  if (!found) throw new Error('Rollbot opened no channel for the incident.');
  return found.name;
}
