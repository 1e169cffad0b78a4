import path from 'node:path';
import { play } from './auto/auto.ts';
import { startPage } from './page/page.ts';
import { chooseSabotage } from './sabotage-choice.ts';
import { chooseScenario } from './scenario-choice.ts';
import type { SabotageName } from './sandbox/sabotage.ts';
import type { ScenarioName } from './sandbox/scenarios.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';
import { chooseStory, STORIES } from './story-choice.ts';
import type { StoryName } from './story-choice.ts';
import type { DemoTerminal, Say } from './terminal.ts';

/** What stands behind `rollbot demo`. */
export type DemoOptions = {
  readonly auto?: boolean;
  /** The procedure that there is to be something to do for; the cache's where it is left out. */
  readonly procedure?: string;
  /** A whole story instead of something broken, such as `alert`. */
  readonly scenario?: string;
  readonly sabotage?: string;
  readonly port: string;
  /** Leaves the temporary folder where it is. */
  readonly keep?: boolean;
};

const EXIT = { ok: 0, failed: 1, usage: 64 } as const;
/** npm passes a Ctrl+C on that the terminal has sent already; two that come together are one. */
const SAME_SIGNAL_MS = 1000;

type Order = {
  readonly scenario: ScenarioName;
  readonly story: StoryName | null;
  readonly sabotage: SabotageName | null;
  readonly port: number;
};
type Parts = Order & {
  readonly stage: Stage;
  readonly terminal: DemoTerminal;
  readonly say: Say;
  readonly signal: Promise<void>;
  readonly over: AbortSignal;
};

/** Runs the demo and answers with the exit status: with `auto` 0 only if all is well, without it 0 when the visitor ends it. */
export async function demoCommand(terminal: DemoTerminal, options: DemoOptions): Promise<number> {
  const order = readOrder(options);
  if ('says' in order) {
    terminal.stderr.write(`rollbot: ${order.says}\n`);
    return EXIT.usage;
  }
  const say: Say = (line) => terminal.stdout.write(`${line}\n`);
  const signal = watchSignals(terminal, say);
  greet(say);
  const stage = await openStage({
    terminal,
    say,
    keep: options.keep ?? false,
    scenario: order.scenario,
    story: order.story,
    reports: path.resolve('incidents'),
  });
  const over = new AbortController();
  try {
    const parts = { ...order, stage, terminal, say, signal, over: over.signal };
    const work = options.auto ? playAlone(parts) : showPage(parts);
    const result = await Promise.race([work, stage.bot.ended]);
    return result ?? sayBotEnded(say);
  } finally {
    over.abort();
    await stage.close();
  }
}

function readOrder({ auto, procedure = 'cache', scenario: story, sabotage, port }: DemoOptions): Order | { readonly says: string } {
  const told = story === undefined ? null : chooseStory(story);
  if (told && 'says' in told) return told;
  if (told && (procedure !== 'cache' || sabotage !== undefined)) {
    return { says: `The scenario ${told.name} has a procedure and trouble of its own: leave out --procedure and --sabotage.` };
  }
  if (told?.name === 'slack-down' && !auto) return { says: 'The scenario slack-down plays by itself: add --auto.' };
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return { says: `"${port}" is no port. Choose a number from 0 to 65535.` };
  const scenario = chooseScenario(told ? STORIES[told.name].procedure : procedure);
  if ('says' in scenario) return scenario;
  const order = { scenario: scenario.name, story: told?.name ?? null, port: Number(port) };
  if (sabotage === undefined) return { ...order, sabotage: null };
  const chosen = chooseSabotage(sabotage);
  return 'says' in chosen ? chosen : { ...order, sabotage: chosen.name };
}

function greet(say: Say): void {
  say('Rollbot’s demo. Three things are started on this machine, and nothing else is touched:');
  say('  a small Slack workspace, in which you can be anybody;');
  say(
    '  a shop whose production really is broken: its own web service, Redis, git repository, crontab and wrangler, in a temporary folder;',
  );
  say('  Rollbot itself, as it would run for you, told only about these two.');
  say('Your own crontab, checkouts, environment and network stay out of it. This takes about ten seconds …');
}

/** Plays until the end, or until somebody has seen enough. */
async function playAlone({ stage, terminal, say, sabotage, signal, over }: Parts): Promise<number> {
  say('');
  const played = play({ stage, clock: terminal.clock, say, sabotage, over }).catch((error: unknown) => {
    if (!over.aborted) say(`The conversation came to no end. ${error instanceof Error ? error.message : String(error)}`);
    return false;
  });
  const well = await Promise.race([played, signal.then(() => false)]);
  return well ? EXIT.ok : EXIT.failed;
}

async function showPage({ stage, terminal, say, scenario, sabotage, port, signal }: Parts): Promise<number> {
  const page = await startPage({ ...stage, clock: terminal.clock, port });
  try {
    if (sabotage !== null) await stage.sandbox.sabotage(sabotage);
    if (port !== 0 && page.port !== port) say(`Port ${port} is in use, so the page is on the next free one.`);
    say('');
    say(`Open ${page.url}`);
    say('');
    say(
      stage.story === 'drill'
        ? 'A drill is announced in #general: press *Start the drill* there as Dana. Something will go wrong on purpose.'
        : stage.story === 'alert' || stage.story === 'incident'
          ? 'The shop is well, and Prometheus watches it: break it with the button of the page, and see what comes to #general.'
          : `You are Dana: type /rollback ${scenario} in #ops. The guide at the top of the page says what comes next.`,
    );
    if (sabotage !== null) say(`Something will go wrong: ${sabotage}.`);
    say(`Reports are written to ${stage.reports}. Ctrl+C ends everything.`);
    await signal;
    return EXIT.ok;
  } finally {
    await page.close();
  }
}

function sayBotEnded(say: Say): number {
  say('Rollbot has ended, which it should not have. Start the demo with --keep, and read bot.log in the folder that it names.');
  return EXIT.failed;
}

/** Resolves at the first signal; another one ends the process on the spot. */
function watchSignals({ onSignal, clock, exit }: DemoTerminal, say: Say): Promise<void> {
  let firstMs: number | null = null;
  return new Promise((resolve) => {
    onSignal(() => {
      if (firstMs !== null && clock.monotonicMs() - firstMs > SAME_SIGNAL_MS) exit(EXIT.failed);
      if (firstMs === null) say('\nEnding everything …');
      firstMs ??= clock.monotonicMs();
      resolve();
    });
  });
}
