import type { Instant } from '../brand.ts';
import { unfinishedBusiness } from '../incident/decide-incident.ts';
import { systemStatusOf } from '../incident/announcements.ts';
import type { NotedFollowUp } from '../followup/note.ts';
import type { Actor, IncidentEvent } from '../incident/event.ts';
import type { IncidentState, Run } from '../incident/state.ts';
import { sayTo } from '../page/note.ts';
import { figuresOf } from './figures.ts';
import { phasesOf, phasesOfRun } from './phases.ts';
import type { Phase } from './phases.ts';
import { picturesOf } from './pictures.ts';
import type { Template } from './template.ts';
import { timelineOf } from './timeline.ts';

type Incident = Exclude<IncidentState, { status: 'none' }>;

type Rendering = { readonly file: string; readonly template: Template };

/** The report for machines: what the Markdown says, as JSON. Times are ISO texts in UTC, lengths are milliseconds. */
export function reportJson(state: Incident, told: readonly IncidentEvent[], { file, template }: Rendering): string {
  const system = systemStatusOf(state.runs);
  const { severity, people, updates, writeUp, alerts } = state.record;
  const content = {
    template,
    incident: state.incident,
    title: state.title,
    drill: state.drill,
    severity: severity && { id: severity.id, title: severity.title },
    people: Object.fromEntries(Object.entries(people).map(([role, person]) => [role, person.name])),
    opened: { at: iso(state.openedAt), by: nameOf(state.openedBy) },
    closed: state.status === 'closed' ? { at: iso(state.closedAt), by: state.closedBy.name, reason: state.closeReason } : null,
    left: state.status === 'closed' ? state.left : unfinishedBusiness(state),
    criteria: state.status === 'closed' ? state.criteria : [],
    system: system && { status: system.status, at: iso(system.at) },
    phases: phasesOf(state, told).map(phaseJson),
    components: [...new Set(state.runs.map((run) => run.procedure.component))],
    runs: state.runs.map((run) => ({
      ...runJson(run, told),
      ...(template > 2 && { phases: phasesOfRun(state, told, run).map(phaseJson) }),
    })),
    alerts: alerts.map(({ source, title, beganAt, heardAt, over }) => ({ source, title, began: iso(beganAt), heard: iso(heardAt), over })),
    pages: state.pages.map(({ to, summary, openedAt, acknowledged }) => ({
      to: sayTo(to),
      summary,
      at: iso(openedAt),
      acknowledged: acknowledged && { by: acknowledged.by, at: iso(acknowledged.at) },
    })),
    notes: told.flatMap((event) => (event.type === 'note-added' ? [noteJson(event)] : [])),
    updates: updates.map(({ number, update, by, at }) => ({
      number,
      at: iso(at),
      by: by.name,
      engineering: update.engineering.text,
      business: update.business.text,
    })),
    rootCause: writeUp.rootCause && { text: writeUp.rootCause.text, by: writeUp.rootCause.by.name, at: iso(writeUp.rootCause.at) },
    lessons: writeUp.lessons && { text: writeUp.lessons.text, by: writeUp.lessons.by.name, at: iso(writeUp.lessons.at) },
    actionItems: writeUp.items.map(({ title, owner }) => ({ title, owner })),
    ...(state.followUps.length > 0 && { followUps: state.followUps.map(followUpJson) }),
    pictures: picturesOf(state, file).map((picture) => picture.file),
    timeline: timelineOf(told, state).map(({ at, says }) => ({ at: iso(at), says })),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function phaseJson({ name, from, to, tookMs }: Phase) {
  return { name, from: iso(from), to: iso(to), tookMs };
}

function runJson(run: Run, told: readonly IncidentEvent[]) {
  const figures = figuresOf(run, told);
  return {
    id: run.id,
    procedure: run.procedure.id,
    title: run.procedure.title,
    target: run.target.name,
    params: run.params,
    by: nameOf(run.startedBy),
    reason: run.reason,
    outcome: run.progress.status === 'finished' ? run.progress.outcome : run.progress.status,
    estimate: run.procedure.estimate ?? null,
    started: iso(figures.startedAt),
    approved: iso(figures.approvedAt),
    executed: iso(figures.executedAt),
    ended: iso(figures.endedAt),
    waitedMs: figures.waitingMs,
    machineMs: figures.machineMs,
    metrics: { before: run.metrics.before, after: run.metrics.after },
  };
}

function noteJson({ text, saidAt, by, message }: Extract<IncidentEvent, { type: 'note-added' }>) {
  return { at: iso(saidAt), by: message ? message.author : by.name, text };
}

function followUpJson({ title, owner, dueAt, taken, done, moved }: NotedFollowUp) {
  return {
    title,
    owner,
    due: iso(dueAt),
    taken: taken && { by: taken.by, at: iso(taken.at) },
    done: done && { by: done.by, at: iso(done.at) },
    moved: moved && { by: moved.by, at: iso(moved.at), from: iso(moved.from), reason: moved.reason },
  };
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function nameOf(actor: Actor): string {
  return actor.kind === 'person' ? actor.name : 'Rollbot';
}
