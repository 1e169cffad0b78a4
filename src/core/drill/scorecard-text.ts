import { sayDuration } from '../duration.ts';
import { estimateRange, sayContradiction } from '../procedure/estimate.ts';
import { md, table, utc } from '../report/markdown.ts';
import { CHECKLIST } from './checklist.ts';
import type { PageScore, RunScore, Scorecard } from './scorecard.ts';
import type { TroubleMet } from './trouble-met.ts';

/** The scorecard in Markdown. */
export function renderScorecard(card: Scorecard): string {
  const sections = [
    header(card),
    `## Time\n\n${times(card.runs)}`,
    ...card.runs.flatMap((run) => sayContradiction(run.estimate ?? undefined, run.judged) ?? []).map((says) => `⚠ ${md(says)}`),
    `## Who answered\n\n${answers(card.runs)}`,
    ...(card.pages ? [`## Pages\n\n${pages(card.pages)}`] : []),
    `## What broke\n\n${broke(card.runs)}`,
    ...(card.trouble.length > 0 ? [`## Trouble on purpose\n\n${card.trouble.map(trouble).join('\n')}`] : []),
    `## Checklist\n\n${checklist(card)}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

function header({ title, drill, incident, openedAt, openedBy, closedAt, runs }: Scorecard): string {
  const outcomes = runs.map(({ outcome }) => outcome).join(', ');
  return [
    `# Drill scorecard: ${md(title)}`,
    '',
    ...(drill === null ? [] : [`- Drill: \`${drill}\``]),
    `- Incident: \`${incident}\``,
    `- Began: ${utc(openedAt)} by ${md(openedBy)}`,
    ...(closedAt === null ? [] : [`- Ended: ${utc(closedAt)}, after ${sayDuration(closedAt - openedAt)}`]),
    `- Outcome: **${outcomes || 'nothing was run'}**`,
    '',
    'All times are UTC. This was practice: nothing protected was touched.',
  ].join('\n');
}

function times(runs: readonly RunScore[]): string {
  if (runs.length === 0) return 'No procedure was run.';
  const rows = runs.map((run) => [
    `\`${run.run}\` ${md(run.procedure)} on ${md(run.target)}`,
    length(run.tookMs),
    length(run.waitingMs),
    length(run.machineMs),
    md(run.estimate ?? '—'),
    against(run),
  ]);
  return table(['run', 'took', 'waited for people', 'machine time', 'estimate', 'against the estimate'], rows);
}

function length(ms: number | null): string {
  return ms === null ? '—' : sayDuration(ms);
}

function against({ estimate, machineMs, outcome }: RunScore): string {
  const range = estimate === null ? null : estimateRange(estimate);
  if (range === null || machineMs === null || outcome !== 'verified') return '—';
  if (machineMs > range.toMs) return `🔴 ${sayDuration(machineMs - range.toMs)} longer`;
  return machineMs < range.fromMs ? `🟡 ${sayDuration(range.fromMs - machineMs)} shorter` : '🟢 as estimated';
}

function answers(runs: readonly RunScore[]): string {
  const rows = runs.flatMap((run) => run.answers.map((each) => [md(each.who), md(each.did), md(each.title), sayDuration(each.afterMs)]));
  return rows.length === 0 ? 'Nobody was asked, or nobody answered.' : table(['who', 'did', 'what', 'after'], rows);
}

function pages(all: readonly PageScore[]): string {
  const rows = all.map(({ at, to, summary, called, ...page }) => [
    utc(at),
    md(to),
    md(summary),
    called.length === 0 ? 'nobody' : called.map(({ name, by }) => md(`${name} (${by.join(', ') || 'no way to reach them'})`)).join(', '),
    answerTo(page),
  ]);
  return table(['when', 'for', 'what', 'who was called by what', 'answered'], rows);
}

function answerTo({ answered, overAfterMs }: Pick<PageScore, 'answered' | 'overAfterMs'>): string {
  if (answered) return `${md(answered.by)} by ${md(answered.how)}, after ${sayDuration(answered.afterMs)}`;
  return overAfterMs === null ? '🔴 nobody' : `nobody had to: it was over after ${sayDuration(overAfterMs)}`;
}

function broke(runs: readonly RunScore[]): string {
  const lines = runs.flatMap((run) => run.broke.map(({ at, title, says }) => `- ${utc(at)} ${md(title)}: ${md(says)}`));
  return lines.length === 0 ? 'Nothing that was not meant to.' : lines.join('\n');
}

const TROUBLE = { 'silent-approver': 'A silent approver', 'failing-step': 'A step that fails' } as const;

function trouble({ kind, title, who, at, met }: TroubleMet): string {
  if (at === null || title === null) return `- ${TROUBLE[kind]}: it did not come to it`;
  const what = `${TROUBLE[kind]}${who === null ? '' : ` (${md(who)})`}, at ${utc(at)}, ${md(title)}`;
  return `- ${what}: ${met === null ? '🔴 nobody did anything about it' : `${md(met.says)} after ${sayDuration(met.afterMs)}`}`;
}

const ANSWERS = { yes: '✅ yes', no: '❌ no', 'not-tested': '⬜ not tested' } as const;

function checklist({ checklist: { by, answers: all, note } }: Scorecard): string {
  if (by === null) return 'It was not filled in.';
  const rows = all.map(({ item, answer }) => [md(CHECKLIST[item]), answer === null ? '—' : ANSWERS[answer]]);
  return [table(['question', 'answer'], rows), '', `Answered by ${md(by)}.${note === null ? '' : ` ${md(note)}`}`].join('\n');
}
