import { sayDuration } from '../duration.ts';
import { unfinishedBusiness } from '../incident/decide-incident.ts';
import { sayLeft, systemStatusOf } from '../incident/announcements.ts';
import { evolve, INITIAL } from '../incident/evolve.ts';
import type { IncidentEvent } from '../incident/event.ts';
import { nameOf } from '../incident/name-of.ts';
import type { IncidentState, Run } from '../incident/state.ts';
import { changes, sayReading } from '../reading/key-reading.ts';
import type { KeyReading } from '../reading/key-reading.ts';
import { figuresOf } from './figures.ts';
import { md, table, utc } from './markdown.ts';
import { checksTable, runSection } from './run-section.ts';
import { sayEvent } from './timeline.ts';

type Incident = Exclude<IncidentState, { status: 'none' }>;

/** What the platform's template lists, whether it was affected or not. */
const COMPONENTS = ['Performance Middleware', 'Database Connection Pool', 'Cache Layer', 'Monitoring System', 'Hyperdrive Configuration'];
const ACTION_ITEMS = ['Fix root cause', 'Improve monitoring', 'Update rollback procedures', 'Enhance testing'];

/** The incident report in Markdown: a function of the journal alone, so that an old journal gives the same bytes again. */
export function renderReport(events: readonly IncidentEvent[]): string {
  const told = events.filter((event) => event.type !== 'report-written');
  const state = told.reduce(evolve, INITIAL);
  if (state.status === 'none') throw new Error('There is no incident in this journal.');
  const sections = [
    header(state),
    openEnds(state),
    `## Timeline\n\nAll times are UTC.\n\n${summary(state, told)}\n\n${timeline(told, state)}`,
    `## Affected Components\n\n${components(state)}`,
    ...state.runs.map((run) => runReport(run, told)),
    '## Root Cause\n\n(To be investigated)',
    '## Lessons Learned\n\n(To be documented)',
    `## Action Items\n\n${actionItems(state)}`,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** `<yyyymmdd-hhmmss>-<procedure>.md`, or `-rollback` where there was not exactly one procedure. */
export function reportFileName(state: Incident): string {
  const stamp = new Date(state.openedAt).toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const procedures = [...new Set(state.runs.map((run) => run.procedure.id))];
  return `${stamp}-${procedures.length === 1 ? procedures[0] : 'rollback'}.md`;
}

function header(state: Incident): string {
  const by = nameOf(state.openedBy);
  const system = systemStatusOf(state.runs);
  const closed = state.status === 'closed' ? `${utc(state.closedAt)} by ${md(nameOf(state.closedBy))}` : 'not yet';
  return [
    `# ${state.drill ? 'Drill report' : 'Incident Report'}: ${md(state.title)}`,
    '',
    `- Incident: \`${state.incident}\``,
    `- Opened: ${utc(state.openedAt)} by ${md(by)}`,
    `- Closed: ${closed}`,
    ...(state.status === 'closed' && state.closeReason ? [`- Closing remark: ${md(state.closeReason)}`] : []),
    ...(system ? [`- System status: ${system.status}, as announced ${utc(system.at)}`] : []),
    ...(system?.leftBy ? [`- ${sayLeft(system.leftBy)}`] : []),
    ...(state.channel ? [`- Channel: #${md(state.channel.name)}`] : []),
  ].join('\n');
}

/** What was not in order when it was closed stands before everything else. */
function openEnds(state: Incident): string {
  const left = state.status === 'closed' ? state.left : unfinishedBusiness(state);
  return left.length === 0 ? '' : `## 🔴 Left open\n\n${left.map((each) => `- ${md(each)}`).join('\n')}`;
}

function summary(state: Incident, events: readonly IncidentEvent[]): string {
  const rows = state.runs.map((run) => {
    const figures = figuresOf(run, events);
    const stable = run.progress.status === 'finished' && run.progress.outcome === 'verified' ? figures.endedAt : null;
    return [
      `\`${run.id}\` ${md(run.procedure.id)}`,
      when(state.openedAt),
      when(figures.startedAt),
      when(figures.executedAt),
      when(stable),
      sayDuration(figures.waitingMs),
      figures.machineMs === null ? '—' : sayDuration(figures.machineMs),
      md(run.procedure.estimate ?? '—'),
    ];
  });
  const head = [
    'run',
    'Issue detected',
    'Rollback initiated',
    'Rollback completed',
    'System stable',
    'waited for people',
    'machine time',
    'estimate',
  ];
  return rows.length === 0 ? 'No procedure was run.' : table(head, rows);
}

function when(at: number | null): string {
  return at === null ? '—' : utc(at);
}

function timeline(events: readonly IncidentEvent[], state: Incident): string {
  return events
    .flatMap((event) => {
      const says = sayEvent(event, state);
      return says === null ? [] : [`- ${utc(event.at)} ${md(says)}`];
    })
    .join('\n');
}

function components(state: Incident): string {
  const affected = new Set(state.runs.map((run) => run.procedure.component));
  const all = [...COMPONENTS, ...[...affected].filter((each) => !COMPONENTS.includes(each))];
  return all.map((each) => `- [${affected.has(each) ? 'x' : ' '}] ${md(each)}`).join('\n');
}

function runReport(run: Run, events: readonly IncidentEvent[]): string {
  const by = nameOf(run.startedBy);
  const outcome = run.progress.status === 'finished' ? run.progress.outcome : run.progress.status;
  const params = Object.entries(run.params).map(([name, value]) => `${md(name)}=${md(value)}`);
  return [
    `## Run ${run.id}: ${md(run.procedure.title)} on ${md(run.target.name)}`,
    '',
    `- Outcome: **${outcome}**`,
    `- Started by ${md(by)}${run.reason ? `: ${md(run.reason)}` : ''}`,
    ...(params.length > 0 ? [`- Parameters: ${params.join(', ')}`] : []),
    `- Procedure \`${run.procedure.id}\`, file digest \`${run.procedure.hash.slice(0, 16)}\``,
    ...run.settingsChanged.map((what) => `- The ${what} was edited during the run; the run kept its own`),
    '',
    `### Checked before\n\n${checksTable(run, 'preflight')}`,
    '',
    `### What ran\n\n${runSection(run, events)}`,
    '',
    `### Verification\n\n${checksTable(run, 'verify')}`,
    ...keyMetrics(run),
  ].join('\n');
}

/** The numbers that people look at first, where any were read. */
function keyMetrics({ metrics: { before, after } }: Run): readonly string[] {
  if (before === null && after === null) return [];
  const rows = changes(before ?? [], after ?? []).map((each) => [md(each.title), cell(each.before), cell(each.now)]);
  return ['', `### Key metrics\n\n${table(['metric', 'before the first step', 'after the last'], rows)}`];
}

function cell(reading: KeyReading | undefined): string {
  if (!reading) return '—';
  return 'why' in reading ? `— ${md(reading.why)}` : `${sayReading(reading)} (${utc(reading.at)})`;
}

function actionItems(state: Incident): string {
  const closedAt = state.status === 'closed' ? state.closedAt : state.lastAt;
  const seen = new Set<string>();
  const followUps = state.runs.flatMap((run) =>
    run.procedure.followUps.flatMap(({ title, owner, dueMs }) => {
      if (seen.has(title)) return [];
      seen.add(title);
      return [`- [ ] ${md(title)} (${md(owner)}, due ${utc(closedAt + dueMs).slice(0, 16)})`];
    }),
  );
  return [...ACTION_ITEMS.map((each) => `- [ ] ${each}`), ...followUps].join('\n');
}
