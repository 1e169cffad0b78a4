import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../core/ports.ts';
import { answerPages, sayPages } from '../paging/answering.ts';
import type { SabotageName } from '../sandbox/sabotage.ts';
import type { Stage } from '../stage.ts';
import type { Say } from '../terminal.ts';
import { closeTheDrill } from '../drill/ending.ts';
import { missingInScorecard } from '../drill/scorecard-check.ts';
import { playWithoutSlack } from '../slack-down/play.ts';
import { STORIES } from '../story-choice.ts';
import type { StoryName } from '../story-choice.ts';
import { danaAsks, danaBeginsTheDrill, theShopBreaks } from './beginning.ts';
import { converse } from './conversation.ts';
import type { ConversationParts, Told } from './conversation.ts';
import { closeByChecklist, leadTheIncident } from './incident.ts';
import { missingParts, readProcedure } from './report-check.ts';
import { printTranscript } from './transcript.ts';

export type AutoParts = {
  readonly stage: Stage;
  readonly clock: Clock;
  readonly say: Say;
  readonly sabotage: SabotageName | null;
  readonly over: AbortSignal;
};

/** Plays the whole conversation and says how it went; answers whether all is well. A sabotaged run never is. */
export async function play({ stage, clock, say, sabotage, over }: AutoParts): Promise<boolean> {
  const { slack, sandbox, directory, reports } = stage;
  const startedMs = clock.monotonicMs();
  const stop = printTranscript({ slack, directory, say, elapsedMs: () => clock.monotonicMs() - startedMs });
  if (sabotage !== null && sabotage !== 'redis-down') await sandbox.sabotage(sabotage);
  const watched = stage.story !== null && STORIES[stage.story].alerting;
  const noMorePages = stage.pagerDuty && answerPages({ slack, clock, say });
  const parts = { slack, directory, sandbox, clock, say, sabotage, over, begins: danaAsks, ...PLAYED[stage.story ?? 'none'] };
  const told = stage.story === 'slack-down' ? await playWithoutSlack({ ...parts, host: stage.host(say) }) : await converse(parts);
  if (watched) await slack.person('dana').sees(/ErrorRateHigh[^]*Resolved/, { in: '#general' });
  await slack.settled();
  noMorePages?.();
  stop();
  say('');
  const file = path.join(reports, told.report);
  const healthy = await sayHealth(stage, say);
  const report = await readFile(file, 'utf8');
  const answered = stage.pagerDuty === null || sayPages(stage.pagerDuty, report, say);
  const missing = missingParts(report, await readProcedure(sandbox.procedures[0]));
  say(`Rollbot’s last word: ${told.outcome}.`);
  say(missing.length === 0 ? 'The report is complete.' : `The report lacks what that of a verified run has: ${missing.join('; ')}.`);
  say(`Report: ${file}`);
  const lacking = stage.story === 'drill' ? await sayScorecard(file, say) : [];
  for (const picture of await picturesBeside(file)) say(`Chart:  ${picture}`);
  if (sabotage !== null) {
    say(`This run was sabotaged (${sabotage}), so it counts as failed whatever became of it.`);
    return false;
  }
  // Breaking the shop once more for a comparison would have the rules start another run.
  if (stage.story === null) await compare(told, stage, say);
  return healthy && answered && missing.length === 0 && lacking.length === 0 && told.outcome === 'Done and verified';
}

/** What people do beside answering, by story. */
const PLAYED: Readonly<Record<StoryName | 'none', Partial<Pick<ConversationParts, 'begins' | 'leads' | 'ends' | 'practised'>>>> = {
  none: {},
  alert: { begins: theShopBreaks },
  incident: { begins: theShopBreaks, leads: leadTheIncident, ends: closeByChecklist },
  page: {},
  'slack-down': {},
  drill: { begins: danaBeginsTheDrill, ends: closeTheDrill, practised: true },
};

/** Prints the scorecard of a drill, which has the name of its report, and answers with what it lacks. */
async function sayScorecard(report: string, say: Say): Promise<readonly string[]> {
  const file = path.join(path.dirname(report), '..', 'drills', path.basename(report));
  const scorecard = await readFile(file, 'utf8');
  const lacking = missingInScorecard(scorecard);
  say('');
  for (const line of scorecard.trimEnd().split('\n')) say(`  ${line}`);
  say('');
  say(lacking.length === 0 ? 'The scorecard is complete.' : `The scorecard lacks: ${lacking.join('; ')}.`);
  say(`Scorecard: ${file}`);
  return lacking;
}

/** The pictures that belong to a report. */
async function picturesBeside(file: string): Promise<readonly string[]> {
  const base = path.basename(file, '.md');
  const all = await readdir(path.dirname(file));
  return all.filter((each) => each.startsWith(`${base}-`) && each.endsWith('.png')).map((each) => path.join(path.dirname(file), each));
}

async function sayHealth({ sandbox }: Stage, say: Say): Promise<boolean> {
  const { status, reasons } = await sandbox.health();
  say(status === 'healthy' ? 'The shop is healthy.' : `The shop is not healthy: ${reasons.join(' ')}`);
  return status === 'healthy';
}

/** Breaks the shop once more and has a plain script mend it, for a comparison that says what it compares. */
async function compare({ tookMs, repairedMs, waitedMs }: Told, { sandbox }: Stage, say: Say): Promise<void> {
  say('');
  say('For comparison the shop is broken again, and a plain script runs the same commands one after another …');
  await sandbox.break();
  const naiveMs = await sandbox.repairNaively();
  if (naiveMs === null) return say('  There is no plain script for this one.');
  const machineMs = tookMs - waitedMs;
  say(
    `  Rollbot       ${seconds(machineMs)} of machine time, from the command to the verified result; ${seconds(waitedMs).trim()} for the approval apart`,
  );
  if (repairedMs !== null)
    say(
      `                ${seconds(repairedMs - waitedMs)} of these until the last step was done: checks before, Slack and journal included`,
    );
  say(`  plain script  ${seconds(naiveMs)}, with no check before, nobody asked, nothing verified, and no record`);
  say(
    `  ratio         ${(machineMs / naiveMs).toFixed(1)} to 1 for everything, most of it watching until the figures are good three times running`,
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`.padStart(7);
}
