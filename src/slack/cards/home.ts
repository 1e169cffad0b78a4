import type { HomeView } from '@slack/types';
import type { RoleId } from '../../core/brand.ts';
import { approvalOf } from '../../core/incident/find.ts';
import type { Run, RunStep } from '../../core/incident/state.ts';
import { card, header } from './blocks.ts';
import type { Incident } from './incident-card.ts';
import { sayStanding } from './run-card.ts';
import { safe } from './text.ts';

/** The home tab: what waits for this person, and what is open. It is drawn when somebody opens it, and not kept up to date. */
export function homeView(incidents: readonly Incident[], roles: readonly RoleId[]): HomeView {
  const mine = incidents.flatMap((incident) =>
    incident.runs.flatMap((run) => waitingFor(run, roles).map((line) => `• ${line}${placeOf(incident)}`)),
  );
  const open = incidents.flatMap((incident) => [
    `*${incident.drill ? 'Drill: ' : ''}${safe(incident.title)}*${placeOf(incident)}`,
    ...incident.runs.map(
      (run) => `• ${safe(run.procedure.title)} on ${safe(run.target.name, 60)} (run ${safe(run.id, 20)}): ${sayStanding(run)}`,
    ),
  ]);
  const { blocks } = card({
    text: 'Rollbot',
    top: [header('Rollbot')],
    rows: [
      '*Waits for you*',
      ...(mine.length > 0 ? mine : ['Nothing.']),
      '*Open*',
      ...(open.length > 0 ? open : ['Nothing is running. `/rollback` starts a procedure, `/rollback help` says what else there is.']),
    ],
  });
  return { type: 'home', blocks: [...blocks] };
}

/** What holders of these roles are asked for in a run. */
function waitingFor(run: Run, roles: readonly RoleId[]): readonly string[] {
  if (run.progress.status === 'finished') return [];
  const isMine = (wanted: readonly RoleId[]): boolean => wanted.some((role) => roles.includes(role));
  const held = run.progress.status === 'held' && isMine(run.deciders) ? [`A decision about ${safe(run.procedure.title)}`] : [];
  return [...held, ...run.steps.flatMap((step) => waitsIn(step, run, isMine))];
}

function waitsIn(step: RunStep, run: Run, isMine: (wanted: readonly RoleId[]) => boolean): readonly string[] {
  const title = `“${safe(step.plan.title)}”`;
  const { state } = step;
  if (state.status === 'awaiting-approval') return isMine(approvalOf(step)?.by ?? []) ? [`Approval of ${title}`] : [];
  if (state.status === 'asking') return isMine([state.role]) ? [`An answer to ${title}`] : [];
  return state.status === 'unknown' && isMine(run.deciders) ? [`Word of what became of ${title}`] : [];
}

function placeOf({ channel }: Incident): string {
  return channel ? ` in <#${channel.id}>` : '';
}
