import type { Command } from './command.ts';
import type { Decision } from './decide.ts';
import { openCriteria } from './criteria.ts';
import { orList } from './decide-approval.ts';
import { sharedRoles } from './find.ts';
import { refuse } from './refusal.ts';
import { LONGEST_REASON, reasonSaid, said } from './said.ts';
import { scorecardOwed } from './state.ts';
import type { IncidentState, Run } from './state.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

const LONGEST_TITLE = 300;

/** Opens an incident; a drill is one from birth. */
export function openIncident(state: IncidentState, command: Of<'open-incident'>): Decision {
  if (state.status !== 'none') return refuse('incident-open-already');
  const { incident, by, drill, home, beganAt, practice, roles = [], mayOpen } = command;
  const title = said(command.title, LONGEST_TITLE);
  if (title === '') return refuse('nothing-said', 'Say what it is about: `/incident open <title>`.');
  if (mayOpen && sharedRoles(roles, mayOpen).length === 0) return refuse('may-not-open');
  const more = { ...(beganAt !== undefined && { beganAt }), ...(drill && practice && { practice }) };
  return [{ type: 'incident-opened', incident, title, by, drill, home, ...more }];
}

/** Remembers the channel of an incident; the first one stays. */
export function linkChannel(state: IncidentState, { channel, name, made }: Of<'link-channel'>): Decision {
  if (state.status === 'none') return refuse('no-such-run');
  return state.channel === null ? [{ type: 'channel-linked', channel, name, made }] : [];
}

/** Starts a run, with everything that it will ever need pinned into the event. */
export function startRun(state: IncidentState, command: Of<'start-run'>): Decision {
  if (state.status === 'none') return refuse('no-such-run');
  if (state.status === 'closed') return refuse('incident-closed');
  if (state.runs.some((each) => each.id === command.run)) return [];
  const { run, procedure, target, params, by, roles, mayStart, deciders, reason, pages } = command;
  if (state.drill && target.protected) return refuse('drill-on-protected', `${target.name} is protected.`);
  if (by.kind === 'person' && sharedRoles(roles, mayStart).length === 0) return refuse('may-not-start', `It needs ${orList(mayStart)}.`);
  return [{ type: 'run-started', run, procedure, target, params, by, deciders, reason: reasonSaid(reason), ...(pages && { pages }) }];
}

/** Keeps what became of a page beside what it was about. */
export function notePage(state: IncidentState, { page, note, since }: Of<'note-page'>): Decision {
  return state.status === 'none' ? refuse('no-such-run') : [{ type: 'page-noted', page, note, ...(since !== undefined && { since }) }];
}

/** Keeps what became of its follow-ups, so that the report can tell it. */
export function noteFollowUps(state: IncidentState, { items }: Of<'note-follow-ups'>): Decision {
  return state.status === 'none' ? refuse('no-such-run') : [{ type: 'follow-ups-noted', items }];
}

/** Closes an incident: at once where all is done, with a reason where something is not, never while something acts. */
export function closeIncident(
  state: IncidentState,
  { by, roles, commanders, reason, criteria = [], followUps }: Of<'close-incident'>,
): Decision {
  if (state.status === 'none') return refuse('no-such-run');
  if (state.status === 'closed') return refuse('incident-closed');
  if (sharedRoles(roles, commanders).length === 0) return refuse('not-in-role', `It needs ${orList(commanders)}.`);
  const running = state.runs.filter((run) => run.progress.status !== 'finished');
  if (running.length > 0) {
    const runs = running.map((run) => `${run.procedure.id} (${run.id}) is ${sayProgress(run)}`).join('; ');
    return refuse('run-unfinished', `${runs}. Finish it, or stop it with \`/rollback stop ${running[0]?.id}\`.`);
  }
  const left = [...unfinishedBusiness(state), ...openCriteria(criteria)];
  if (left.length > 0 && !reason?.trim()) return refuse('reason-needed', `Left open: ${left.join('; ')}.`);
  return [
    {
      type: 'incident-closed',
      by,
      reason: reasonSaid(reason),
      left,
      ...(criteria.length > 0 && { criteria }),
      ...(followUps && { followUps }),
    },
  ];
}

/** Opens again what was closed too early. */
export function reopenIncident(state: IncidentState, { by, roles, commanders, reason }: Of<'reopen-incident'>): Decision {
  if (state.status === 'none') return refuse('no-such-incident');
  if (state.status === 'open') return refuse('incident-open');
  if (sharedRoles(roles, commanders).length === 0) return refuse('not-in-role', `It needs ${orList(commanders)}.`);
  if (reason.trim() === '') return refuse('nothing-said', 'Say why it goes on: `/incident reopen <reason>`.');
  return [{ type: 'incident-reopened', by, reason: said(reason, LONGEST_REASON) }];
}

/** Remembers where the report was written, and what it said. */
export function noteReport(state: IncidentState, { file, digest, template }: Of<'note-report'>): Decision {
  if (state.status !== 'closed') return refuse('not-due');
  const { report, reportOwed } = state;
  return report?.digest === digest && !reportOwed ? [] : [{ type: 'report-written', file, digest, template }];
}

/** Remembers how long the last runs took, so that the scorecard is a function of this journal alone. */
export function notePastRuns(state: IncidentState, { run, machineMs }: Of<'note-past-runs'>): Decision {
  return scorecardOwed(state) ? [{ type: 'past-runs-noted', run, machineMs }] : refuse('not-due');
}

/** Remembers where the scorecard of a drill was written, and what it said. */
export function noteScorecard(state: IncidentState, { file, digest }: Of<'note-scorecard'>): Decision {
  return scorecardOwed(state) ? [{ type: 'scorecard-written', file, digest }] : refuse('not-due');
}

/** What speaks against closing: runs that did not end well, and steps of which nobody knows whether they happened. */
export function unfinishedBusiness(state: Exclude<IncidentState, { status: 'none' }>): readonly string[] {
  const unasked = state.practice !== null && state.checklist === null ? ['the checklist of the drill is not filled in'] : [];
  return [
    ...unasked,
    ...state.runs.flatMap((run, index) => {
      if (run.progress.status !== 'finished') return [`${run.procedure.id} (${run.id}) is ${sayProgress(run)}`];
      const unknown = run.steps
        .filter((step) => step.state.status === 'unknown' || (step.state.status === 'asking' && step.plan.phase === 'step'))
        .map((step) => `nobody knows whether "${step.plan.title}" happened`);
      const good = run.progress.outcome === 'verified' || run.progress.outcome === 'nothing-to-do';
      return good || repeatedWell(state.runs.slice(index + 1), run)
        ? unknown
        : [`${run.procedure.id} (${run.id}) ended ${run.progress.outcome}`, ...unknown];
    }),
  ];
}

/** Says where a run stands, in words that follow "is". */
function sayProgress({ progress }: Run): string {
  switch (progress.status) {
    case 'running':
      return 'running';
    case 'held':
      return `waiting for a decision (${progress.why})`;
    case 'undoing':
      return 'being undone';
    case 'stopping':
      return 'being stopped';
    case 'finished':
      return `finished: ${progress.outcome}`;
    default:
      return progress satisfies never;
  }
}

/** A run that went wrong is made good by a later one of the same procedure on the same target. */
function repeatedWell(later: readonly Run[], run: Run): boolean {
  return later.some(
    ({ procedure, target, progress }) =>
      procedure.id === run.procedure.id &&
      target.name === run.target.name &&
      progress.status === 'finished' &&
      progress.outcome === 'verified',
  );
}
