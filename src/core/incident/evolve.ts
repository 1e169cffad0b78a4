import type { Actor, IncidentEvent } from './event.ts';
import { evolveRecord } from './evolve-record.ts';
import { evolveRun } from './evolve-run.ts';
import { isNews } from '../followup/note.ts';
import { withNote } from '../page/note.ts';
import { EMPTY_RECORD } from './record.ts';
import type { IncidentCore, IncidentState, Run } from './state.ts';
import { isNewsToReaders } from './news.ts';

/** Names the fold that made a snapshot; a test fails when the fold changes and this does not. */
export const FOLD_VERSION = 'incident-13';

/** What a stream is before its first event. */
export const INITIAL: IncidentState = { status: 'none' };

/** Folds one event into the state of an incident. Total: an event that does not fit changes nothing, and it never throws. */
export function evolve(state: IncidentState, event: IncidentEvent): IncidentState {
  if (event.type === 'incident-opened') return state.status === 'none' ? opened(event) : state;
  if (state.status === 'none') return state;
  const at = { lastAt: event.at };
  switch (event.type) {
    case 'channel-linked':
      return { ...state, ...at, channel: { id: event.channel, name: event.name, made: event.made } };
    case 'incident-closed':
      return state.status === 'closed' ? state : closed({ ...state, ...at }, event);
    case 'incident-reopened':
      return state.status === 'closed' ? reopened({ ...state, ...at }, event) : state;
    case 'report-written': {
      const { file, digest } = event;
      const edition = (state.report?.edition ?? 0) + 1;
      return { ...state, ...at, report: { file, digest, at: event.at, edition }, reportOwed: false };
    }
    case 'drill-trouble': {
      const { run, step, trouble } = event;
      return { ...state, ...at, troubles: [...state.troubles, { run, step, trouble, at: event.at }] };
    }
    case 'drill-checklist-asked':
      return { ...state, ...at, checklistAsked: { token: event.token, at: event.at } };
    case 'drill-checklist-filled': {
      const { by, answers, note } = event;
      return { ...state, ...at, checklist: { by, answers, note, at: event.at } };
    }
    case 'page-noted':
      return { ...state, ...at, pages: withNote(state.pages, event) };
    case 'follow-ups-noted': {
      const reportOwed = state.reportOwed || (state.status === 'closed' && isNews(state.followUps, event.items));
      return { ...state, ...at, reportOwed, followUps: event.items };
    }
    case 'past-runs-noted':
      return { ...state, ...at };
    case 'scorecard-written':
      return { ...state, ...at, scorecard: { file: event.file, digest: event.digest, at: event.at } };
    case 'run-started': {
      if (state.status === 'closed' || state.runs.some((run) => run.id === event.run)) return state;
      return { ...state, ...at, runs: [...state.runs, started(event)] };
    }
    default: {
      const reportOwed = state.reportOwed || (state.status === 'closed' && isNewsToReaders(event));
      if (!('run' in event)) return { ...state, ...at, reportOwed, record: evolveRecord(state.record, event) };
      return { ...state, ...at, runs: state.runs.map((run) => (run.id === event.run ? evolveRun(run, event) : run)) };
    }
  }
}

function opened(event: Extract<IncidentEvent, { type: 'incident-opened' }>): IncidentState {
  const core: IncidentCore = {
    incident: event.incident,
    title: event.title,
    openedAt: event.at,
    openedBy: event.by,
    drill: event.drill,
    practice: event.practice ?? null,
    home: event.home,
    channel: null,
    runs: [],
    pages: [],
    followUps: [],
    troubles: [],
    checklistAsked: null,
    checklist: null,
    scorecard: null,
    report: null,
    reportOwed: false,
    record: EMPTY_RECORD,
    beganAt: event.beganAt ?? null,
    lastAt: event.at,
  };
  return { ...core, status: 'open' };
}

function closed(
  state: IncidentCore,
  { at, by, reason, left, criteria = [] }: Extract<IncidentEvent, { type: 'incident-closed' }>,
): IncidentState {
  return { ...state, status: 'closed', closedAt: at, closedBy: by, closeReason: reason, left, criteria, reportOwed: true };
}

/** It goes on where it was; its report is written again when it is closed again. */
function reopened(
  state: Extract<IncidentState, { status: 'closed' }>,
  { at }: Extract<IncidentEvent, { type: 'incident-reopened' }>,
): IncidentState {
  const { closedAt: _at, closedBy: _by, closeReason: _reason, left: _left, criteria: _criteria, ...core } = state;
  return { ...core, status: 'open', record: { ...core.record, reopenedAt: at } };
}

function started(event: Extract<IncidentEvent, { type: 'run-started' }>): Run {
  return {
    id: event.run,
    procedure: event.procedure,
    target: event.target,
    params: event.params,
    startedBy: event.by satisfies Actor,
    startedAt: event.at,
    deciders: event.deciders,
    reason: event.reason,
    steps: event.procedure.steps.map((plan) => ({
      plan,
      attempt: 1,
      state: plan.skip === undefined ? { status: 'pending', checked: false } : { status: 'skipped', reason: plan.skip },
      startedAt: null,
      trail: [],
    })),
    progress: { status: 'running' },
    settingsChanged: [],
    metrics: { before: null, after: null, sampled: null },
    pages: event.pages ?? null,
    madeWay: null,
  };
}
