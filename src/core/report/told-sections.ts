import { AUDIENCES } from '../incident/record-event.ts';
import { INCIDENT_ROLES } from '../incident/record-event.ts';
import type { Said } from '../incident/record.ts';
import type { IncidentState } from '../incident/state.ts';
import { sayTo } from '../page/note.ts';
import { md, paragraphs, table, utc } from './markdown.ts';

type Incident = Exclude<IncidentState, { status: 'none' }>;

/** How bad it was and who did what, as lines of the header. */
export function ratedLines({ record: { severity, people } }: Incident): readonly string[] {
  const roles = INCIDENT_ROLES.flatMap((role) => (people[role] ? [`${role} ${md(people[role].name)}`] : []));
  return [
    ...(severity ? [`- Severity: ${md(severity.id)}, ${md(severity.title)}`] : []),
    ...(roles.length > 0 ? [`- People: ${roles.join(', ')}`] : []),
  ];
}

/** What had to hold before it was closed, and what was found. */
export function criteriaSection(state: Incident): string {
  const criteria = state.status === 'closed' ? state.criteria : [];
  if (criteria.length === 0) return '';
  const rows = criteria.map(({ title, holds, says }) => [
    md(title),
    `${holds === true ? '✅' : holds === false ? '❌' : '❓'} ${md(says)}`,
  ]);
  return `## Success Criteria\n\n${table(['criterion', 'when it was closed'], rows)}`;
}

/** Who was called for what, and when somebody answered. */
export function pagesSection({ pages }: Incident): string {
  if (pages.length === 0) return '';
  const rows = pages.map(({ to, summary, openedAt, acknowledged, silentAt }) => [
    utc(openedAt),
    md(sayTo(to)),
    md(summary),
    acknowledged ? `${md(acknowledged.by)}, ${utc(acknowledged.at)}` : silentAt === null ? 'nobody' : 'nobody, after everybody was called',
  ]);
  return `## Pages\n\n${table(['when', 'who', 'for what', 'answered'], rows)}`;
}

/** What people outside were told, word for word. */
export function updatesSection({ record: { updates } }: Incident): string {
  if (updates.length === 0) return '';
  const all = updates.map(({ number, update, by, at }) => {
    const texts = AUDIENCES.map(
      (audience) => `For ${audience === 'business' ? 'the business' : 'engineers'}:\n\n${quoted(update[audience].text)}`,
    );
    return [`### Update ${number}, ${utc(at)}, by ${md(by.name)}`, ...texts].join('\n\n');
  });
  return `## Updates\n\n${all.join('\n\n')}`;
}

/** What somebody has written down, or that nobody has yet. */
export function saidSection(title: string, said: Said | null, none: string): string {
  return `## ${title}\n\n${said ? `${paragraphs(said.text)}\n\n(${md(said.by.name)}, ${utc(said.at)})` : none}`;
}

function quoted(text: string): string {
  return paragraphs(text)
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}
