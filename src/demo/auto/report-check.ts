import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { Procedure } from '../../core/procedure/schema.ts';

/** What a complete report of a verified run has, each under the name that is said when it is missing. */
const PARTS: readonly (readonly [name: string, holds: (report: string, procedure: Procedure) => boolean])[] = [
  ['the title', has(/^# (Incident Report|Drill report): \S/m)],
  ['when it was opened, and by whom', has(/^- Opened: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d by \S/m)],
  ['when it was closed, and by whom', has(/^- Closed: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d by \S/m)],
  ['when it was detected', column('Issue detected')],
  ['when the rollback was initiated', column('Rollback initiated')],
  ['when the rollback was completed', column('Rollback completed')],
  ['when the system was stable', column('System stable')],
  ['how long it waited for people', column('waited for people')],
  ['the machine time', column('machine time')],
  ['the timeline', (report) => (section(report, 'Timeline').match(/^- \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S/gm) ?? []).length >= 10],
  ['the affected component', (report, { component }) => section(report, 'Affected Components').split('\n').includes(`- [x] ${component}`)],
  ['the outcome “verified”', has(/^- Outcome: \*\*verified\*\*$/m)],
  ['the checks before', (report) => settled(part(report, 'Checked before'))],
  ['what ran, with its digests', (report) => (part(report, 'What ran').match(/^- Digest: `[0-9a-f]{64}`$/gm) ?? []).length >= 3],
  [
    'who approved, with the digest',
    (report, procedure) =>
      !procedure.steps.some((step) => step.approve && happens(step, procedure)) ||
      /^- Approved by \S.* digest `[0-9a-f]{8}`$/m.test(part(report, 'What ran')),
  ],
  [
    'the verification, with its figures',
    (report) => settled(part(report, 'Verification')) && /It is "?[\d.]+/.test(part(report, 'Verification')),
  ],
  ['the answer of a person', (report, { verify }) => !verify.some(({ ask }) => ask) || /\| [a-z]+ \|$/m.test(part(report, 'Verification'))],
  ['the place for the root cause', (report) => section(report, 'Root Cause') !== ''],
  ['the place for lessons learned', (report) => section(report, 'Lessons Learned') !== ''],
  [
    'action items with owner and due date',
    (report) => /^- \[ \] .+ \([\w-]+, due \d{4}-\d\d-\d\d/m.test(section(report, 'Action Items').replaceAll('\\', '')),
  ],
];

/** The parts that a report lacks; none when it is complete. */
export function missingParts(report: string, procedure: Procedure): readonly string[] {
  return PARTS.filter(([, holds]) => !holds(report, procedure)).map(([name]) => name);
}

/** The procedure that the run followed, as it comes with Rollbot. */
export async function readProcedure(id: string): Promise<Procedure> {
  const file = path.join(import.meta.dirname, '..', '..', '..', 'procedures', `${id}.yml`);
  return Procedure.parse(parse(await readFile(file, 'utf8')));
}

/** Whether a step is meant in an order that says nothing of its own. */
function happens({ when = {} }: Procedure['steps'][number], { params = {} }: Procedure): boolean {
  return Object.entries(when).every(([name, value]) => String(params[name]?.default) === String(value));
}

function has(pattern: RegExp): (report: string) => boolean {
  return (report) => pattern.test(report);
}

/** Whether a column of the summary is filled in for the run. */
function column(name: string): (report: string) => boolean {
  return (report) => {
    const [head = [], , row = []] = section(report, 'Timeline')
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    const cell = row[head.indexOf(name)];
    return cell !== undefined && cell !== '' && cell !== '—';
  };
}

/** A table in which every check was answered that the order was about, and none with a no. */
function settled(text: string): boolean {
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
  return rows.some((row) => row.includes('✅')) && rows.every((row) => row.includes('✅') || row.includes('⬜ Left out'));
}

function section(report: string, title: string): string {
  return between(report, `## ${title}`, /^## /m);
}

function part(report: string, title: string): string {
  return between(report, `### ${title}`, /^#{2,3} /m);
}

function between(report: string, heading: string, next: RegExp): string {
  const start = report.indexOf(`\n${heading}`);
  if (start < 0) return '';
  const rest = report.slice(start + heading.length + 1);
  const end = rest.search(next);
  return (end < 0 ? rest : rest.slice(0, end)).trim();
}
