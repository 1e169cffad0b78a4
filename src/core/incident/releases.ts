import type { ComponentCommand } from '../component/command.ts';
import { streamOf } from '../component/place.ts';
import { fillRelease } from '../fill.ts';
import type { Change } from '../kinds.ts';
import type { ReleaseRule } from '../procedure/planned-step.ts';
import { behindOf, behindTitle } from './behind.ts';
import { fillContextOf } from './binding.ts';
import type { IncidentFact } from './event.ts';
import { runOf } from './state.ts';
import type { IncidentState, Run } from './state.ts';
import { hasEffect } from './undo.ts';

/**
 * What the end of a run makes known of the releases that its steps have touched: where it was verified, what it deployed runs
 * and what it came back from is held; where it was undone, what it held is lifted.
 */
export function releasesAfter(state: IncidentState, facts: readonly IncidentFact[]): readonly Change<'component'>[] {
  return facts.flatMap((fact) => {
    const run = fact.type === 'run-finished' ? runOf(state, fact.run) : undefined;
    if (!run || fact.type !== 'run-finished') return [];
    if (fact.outcome === 'verified') return changesOf(run, hasEffect, state.status !== 'none' && state.drill ? practised : rolledBack);
    return fact.outcome === 'undone'
      ? changesOf(
          run,
          () => true,
          ({ id }) => ({ kind: 'note-undone', run: id }),
        )
      : [];
  });
}

type Says = (run: Run, rule: ReleaseRule) => ComponentCommand | null;

/** All that is said about one deployable becomes one change. */
function changesOf(run: Run, counts: (step: Run['steps'][number]) => boolean, says: Says): readonly Change<'component'>[] {
  const commands = new Map<string, ComponentCommand[]>();
  for (const step of run.steps) {
    const rule = step.plan.releases;
    const command = rule && counts(step) ? says(run, rule) : null;
    if (rule && command) commands.set(rule.deployable, [...(commands.get(rule.deployable) ?? []), command]);
  }
  return [...commands].map(([deployable, all]) => ({ stream: streamOf({ target: run.target.name, deployable }), commands: all }));
}

/** A version that has no value in the end can't be noted; the next reading sees what runs. */
function rolledBack(run: Run, rule: ReleaseRule): ComponentCommand | null {
  const { version, insteadOf } = fillRelease(rule, fillContextOf(run));
  if (version === null) return null;
  const reason = (run.reason ?? run.procedure.title).replace(/\.$/, '');
  const behind = behindOf(run).map((each) => `. ${behindTitle(each)}`);
  return { kind: 'note-rolled-back', run: run.id, version, insteadOf, reason: `${reason}${behind.join('')}` };
}

/** What a drill came back from is as good as it was before, and CI may deploy it again. */
function practised(run: Run, rule: ReleaseRule): ComponentCommand | null {
  const change = rolledBack(run, rule);
  return change?.kind === 'note-rolled-back' ? { ...change, insteadOf: null } : change;
}
