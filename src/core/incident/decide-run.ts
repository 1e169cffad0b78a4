import type { Command } from './command.ts';
import type { Decision } from './decide.ts';
import { refuse } from './refusal.ts';
import { runOf } from './state.ts';
import type { IncidentState } from './state.ts';
import { verdictOf } from './verdict.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

/** Ends a run, or holds it for a decision, when its items say so. */
export function holdOrFinish(state: IncidentState, { run: id, token }: Of<'hold-or-finish'>): Decision {
  const run = runOf(state, id);
  if (!run) return refuse('no-such-run');
  const verdict = verdictOf(run);
  switch (verdict.kind) {
    case 'go-on':
      return refuse('not-due');
    case 'hold':
      return [{ type: 'run-held', run: id, step: verdict.step, why: verdict.why, token }];
    case 'finish':
      return [{ type: 'run-finished', run: id, outcome: verdict.outcome }];
    default:
      return verdict satisfies never;
  }
}

/** Remembers, once, that the files say something else now than what the run has pinned. */
export function noteSettings(state: IncidentState, { run: id, what, now }: Of<'note-settings'>): Decision {
  const run = runOf(state, id);
  if (!run) return refuse('no-such-run');
  if (run.progress.status === 'finished') return refuse('run-finished');
  const pinned = what === 'procedure' ? run.procedure.hash : run.target.hash;
  return now === pinned || run.settingsChanged.includes(what) ? [] : [{ type: 'settings-changed', run: id, what, now }];
}
