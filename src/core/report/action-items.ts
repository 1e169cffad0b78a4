import type { NotedFollowUp } from '../followup/note.ts';
import type { IncidentState, Run } from '../incident/state.ts';
import { md, utc } from './markdown.ts';
import { overridesOf, reviewItems } from './overrides.ts';
import type { Template } from './template.ts';

type Incident = Exclude<IncidentState, { status: 'none' }>;

const ACTION_ITEMS = ['Fix root cause', 'Improve monitoring', 'Update rollback procedures', 'Enhance testing'];

/** What is to be done afterwards, and what became of it as far as the incident has been told. */
export function actionItems(state: Incident, template: Template): string {
  const { runs, record, followUps } = state;
  const asked = template === 1 || followUps.length === 0 ? [...reviewItems(runs), ...askedBy(state)] : keptItems(runs, followUps);
  const added = record.writeUp.items.map(({ title, owner }) => `- [ ] ${md(title)}${owner === null ? '' : ` (${md(owner)})`}`);
  return [...ACTION_ITEMS.map((each) => `- [ ] ${each}`), ...asked, ...added].join('\n');
}

/** As procedures ask for it, where nothing is known of what became of it. */
function askedBy(state: Incident): readonly string[] {
  const closedAt = state.status === 'closed' ? state.closedAt : state.lastAt;
  const seen = new Set<string>();
  return state.runs.flatMap((run) =>
    run.procedure.followUps.flatMap(({ title, owner, dueMs }) => {
      if (seen.has(title)) return [];
      seen.add(title);
      return [`- [ ] ${md(title)} (${md(owner)}, due ${minute(closedAt + dueMs)})`];
    }),
  );
}

function keptItems(runs: readonly Run[], items: readonly NotedFollowUp[]): readonly string[] {
  const reviews = new Set(overridesOf(runs).map(({ title }) => title));
  return items.map((item) => {
    const { title, owner, dueAt, done } = item;
    const what = `${reviews.has(title) ? '🔴 ' : ''}${md(title)}`;
    if (done) return `- [x] ${what} (${md(owner)}): done by ${md(done.by)}, ${minute(done.at)}`;
    return `- [ ] ${what} (${md(owner)}, due ${minute(dueAt)}): ${standing(item)}`;
  });
}

function standing({ taken, moved }: NotedFollowUp): string {
  const who = taken ? `${md(taken.by)} has it` : 'nobody has it yet';
  return moved ? `${who}; moved from ${minute(moved.from)} by ${md(moved.by)}: ${md(moved.reason)}` : who;
}

function minute(at: number): string {
  return utc(at).slice(0, 16);
}
