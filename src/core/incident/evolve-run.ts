import type { IncidentEvent } from './event.ts';
import { evolveStep } from './evolve-step.ts';
import type { Run, RunStep } from './state.ts';
import { undoSteps } from './undo.ts';

export type RunEvent = Exclude<Extract<IncidentEvent, { run: unknown }>, { type: 'run-started' | 'drill-trouble' | 'past-runs-noted' }>;

/** Folds one event into a run. A finished run absorbs everything but what was read of its metrics. */
export function evolveRun(run: Run, event: RunEvent): Run {
  if (event.type === 'metrics-read') return { ...run, metrics: { ...run.metrics, [event.when]: event.readings } };
  if (event.type === 'metrics-sampled') return { ...run, metrics: { ...run.metrics, sampled: event.metrics } };
  if (run.progress.status === 'finished') return run;
  switch (event.type) {
    case 'settings-changed':
      return run.settingsChanged.includes(event.what) ? run : { ...run, settingsChanged: [...run.settingsChanged, event.what] };
    case 'run-held':
      return { ...run, progress: { status: 'held', step: event.step, why: event.why, since: event.at, token: event.token } };
    case 'run-continued':
      return continued(run, event);
    case 'run-stop-requested':
      return { ...run, progress: { status: 'stopping', by: event.by, since: event.at } };
    case 'run-made-way': {
      const { by, wanted, at } = event;
      return { ...run, madeWay: { by, wanted, at }, progress: { status: 'stopping', by, since: at, gently: true } };
    }
    case 'run-finished':
      return { ...run, progress: { status: 'finished', outcome: event.outcome, at: event.at } };
    default:
      return { ...run, steps: run.steps.map((step) => (step.plan.id === event.step ? evolveStep(step, event) : step)) };
  }
}

function continued(run: Run, event: Extract<RunEvent, { type: 'run-continued' }>): Run {
  switch (event.choice) {
    case 'retry': {
      const undoing = run.steps.some((step) => step.plan.phase === 'undo');
      return {
        ...run,
        progress: { status: undoing ? 'undoing' : 'running' },
        steps: run.steps.map((step) => ((step.plan.phase === 'undo') === undoing ? retried(step, event) : step)),
      };
    }
    case 'undo':
      return { ...run, progress: { status: 'undoing' }, steps: [...run.steps, ...undoSteps(run)] };
    case 'stop':
      return { ...run, progress: { status: 'stopping', by: event.by, since: event.at } };
    default:
      event.choice satisfies never;
      return run;
  }
}

/** What failed or was refused gets a new attempt; what went well stays. */
function retried(step: RunStep, event: Extract<RunEvent, { type: 'run-continued' }>): RunStep {
  const { state } = step;
  const says =
    state.status === 'finished' && state.result.outcome === 'failed' ? state.result.says : state.status === 'refused' ? state.reason : null;
  if (says === null) return step;
  const trail = [...step.trail, { attempt: step.attempt, at: event.at, says }];
  return { ...step, attempt: step.attempt + 1, state: { status: 'pending', checked: false }, trail };
}
