import type { Instant } from '../brand.ts';
import { sayDuration } from '../duration.ts';
import { unfinishedBusiness } from '../incident/decide-incident.ts';
import { sayLeft, systemStatusOf } from '../incident/announcements.ts';
import { detectedAt } from '../incident/moments.ts';
import { evolve, INITIAL } from '../incident/evolve.ts';
import type { IncidentEvent } from '../incident/event.ts';
import { nameOf } from '../incident/name-of.ts';
import type { IncidentState, Run } from '../incident/state.ts';
import { changes, sayReading } from '../reading/key-reading.ts';
import type { KeyReading } from '../reading/key-reading.ts';
import { actionItems } from './action-items.ts';
import { figuresOf } from './figures.ts';
import { inShort } from './in-short.ts';
import { md, table, utc } from './markdown.ts';
import { reportJson } from './json.ts';
import { phasesTable } from './phases-table.ts';
import { picturesOf } from './pictures.ts';
import type { ReportPicture } from './pictures.ts';
import { checksTable, runSection } from './run-section.ts';
import { overridesSection } from './overrides.ts';
import { TEMPLATE } from './template.ts';
import type { Template } from './template.ts';
import { criteriaSection, pagesSection, ratedLines, saidSection, updatesSection } from './told-sections.ts';
import { timelineOf } from './timeline.ts';

type Incident = Exclude<IncidentState, { status: 'none' }>;

/** What the platform's template lists, whether it was affected or not. */
const COMPONENTS = ['Performance Middleware', 'Database Connection Pool', 'Cache Layer', 'Monitoring System', 'Hyperdrive Configuration'];

/** A report and what stands beside it. */
export type RenderedReport = { readonly markdown: string; readonly json: string | null; readonly pictures: readonly ReportPicture[] };

/** The incident report: a function of the journal and the template alone, so that an old journal gives the same bytes again. */
export function renderReport(events: readonly IncidentEvent[], template: Template = TEMPLATE): RenderedReport {
  const told = events.filter((event) => event.type !== 'report-written');
  const state = told.reduce(evolve, INITIAL);
  if (state.status === 'none') throw new Error('There is no incident in this journal.');
  const file = reportFileName(state);
  const pictures = template === 1 ? [] : picturesOf(state, file);
  const sections = template === 1 ? firstTemplate(state, told) : laterTemplate(state, told, { pictures, template });
  const markdown = `${sections.filter((section) => section !== '').join('\n\n')}\n`;
  return { markdown, json: template === 1 ? null : reportJson(state, told, { file, template }), pictures };
}

/** As reports were before people could say anything of an incident. */
function firstTemplate(state: Incident, told: readonly IncidentEvent[]): readonly string[] {
  return [
    header(state, []),
    openEnds(state),
    `## Timeline\n\nAll times are UTC.\n\n${summary(state, told, state.openedAt)}\n\n${timeline(told, state)}`,
    `## Affected Components\n\n${components(state)}`,
    ...state.runs.map((run) => runReport(run, told, undefined)),
    '## Root Cause\n\n(To be investigated)',
    '## Lessons Learned\n\n(To be documented)',
    `## Action Items\n\n${actionItems(state, 1)}`,
  ];
}

function laterTemplate(
  state: Incident,
  told: readonly IncidentEvent[],
  { pictures, template }: { readonly pictures: readonly ReportPicture[]; readonly template: Template },
): readonly string[] {
  const { rootCause, lessons } = state.record.writeUp;
  const phases = phasesTable(state, told, template);
  const times = [summary(state, told, detectedAt(state)), ...(phases === '' ? [] : [phases, '### What happened']), timeline(told, state)];
  return [
    header(state, ratedLines(state)),
    template > 2 ? inShort(state) : '',
    openEnds(state),
    overridesSection(told, state),
    `## Timeline\n\nAll times are UTC.\n\n${times.join('\n\n')}`,
    criteriaSection(state),
    `## Affected Components\n\n${components(state)}`,
    ...state.runs.map((run) => runReport(run, told, pictures.find((picture) => picture.run.id === run.id)?.file)),
    pagesSection(state),
    updatesSection(state),
    saidSection('Root Cause', rootCause, '(To be investigated)'),
    saidSection('Lessons Learned', lessons, '(To be documented)'),
    `## Action Items\n\n${actionItems(state, template)}`,
  ];
}

/** `<yyyymmdd-hhmmss>-<procedure>.md`, or `-rollback` where there was not exactly one procedure. */
export function reportFileName(state: Incident): string {
  const stamp = new Date(state.openedAt).toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const procedures = [...new Set(state.runs.map((run) => run.procedure.id))];
  return `${stamp}-${procedures.length === 1 ? procedures[0] : 'rollback'}.md`;
}

function header(state: Incident, rated: readonly string[]): string {
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
    ...rated,
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

function summary(state: Incident, events: readonly IncidentEvent[], detected: Instant): string {
  const rows = state.runs.map((run) => {
    const figures = figuresOf(run, events);
    const stable = run.progress.status === 'finished' && run.progress.outcome === 'verified' ? figures.endedAt : null;
    return [
      `\`${run.id}\` ${md(run.procedure.id)}`,
      when(detected),
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
  return timelineOf(events, state)
    .map(({ at, says }) => `- ${utc(at)} ${md(says)}`)
    .join('\n');
}

function components(state: Incident): string {
  const affected = new Set(state.runs.map((run) => run.procedure.component));
  const all = [...COMPONENTS, ...[...affected].filter((each) => !COMPONENTS.includes(each))];
  return all.map((each) => `- [${affected.has(each) ? 'x' : ' '}] ${md(each)}`).join('\n');
}

function runReport(run: Run, events: readonly IncidentEvent[], picture: string | undefined): string {
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
    ...(picture === undefined ? [] : ['', `![Key metrics during the run](${picture})`]),
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
