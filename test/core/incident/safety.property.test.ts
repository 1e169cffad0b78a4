import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { TokenId } from '../../../src/core/brand.ts';
import { bind } from '../../../src/core/incident/binding.ts';
import type { IncidentEvent, Person } from '../../../src/core/incident/event.ts';
import { runOf, stepOf } from '../../../src/core/incident/state.ts';
import type { IncidentState, Run, RunStep } from '../../../src/core/incident/state.ts';
import type { Leg } from './journey.ts';
import { journeys } from './journeys.ts';

const RUNS = { numRuns: 400 };
type Event<Type extends IncidentEvent['type']> = Extract<IncidentEvent, { type: Type }>;
type Intended = Event<'step-intended'>;

describe('nothing acts without leave', () => {
  test.prop([journeys], RUNS)('nobody counts as an approver of what they asked for, and nobody counts twice', ({ legs }) => {
    for (const { after } of legs) {
      for (const { run, step } of placesOf(after)) {
        if (step.state.status !== 'awaiting-approval' && step.state.status !== 'approved') continue;
        const people = step.state.approval.given.map((each) => each.by.id);
        expect(new Set(people).size).toBe(people.length);
        expect(people).not.toContain(run.startedBy.kind === 'person' ? run.startedBy.id : null);
      }
    }
  });

  test.prop([journeys], RUNS)(
    'what needs an approval acts only with one that stands, by enough people, for exactly what it does',
    ({ legs, events }) => {
      for (const { leg, intent, run, step } of intents(legs)) {
        const rule = step.plan.approve;
        if (!rule) continue;
        const before = events.slice(0, events.indexOf(intent));
        const request = before.findLast(
          (event) => event.type === 'approval-requested' && isAbout(event, intent),
        ) as Event<'approval-requested'>;
        const votes = votesFor(before, request.token);
        const entitled = leg.command.kind === 'intend' ? leg.command.approvers : [];
        const counted = votes.filter(({ by }) =>
          entitled.some((each) => each.status === 'member' && each.id === by.id && each.roles.some((role) => rule.by.includes(role))),
        );
        expect(new Set(counted.map(({ by }) => by.id)).size).toBeGreaterThanOrEqual(rule.need);
        expect(counted.map(({ by }) => by.id)).not.toContain(run.startedBy.kind === 'person' ? run.startedBy.id : null);
        expect(before.filter((event) => 'token' in event && event.token === request.token).map(({ type }) => type)).not.toEqual(
          expect.arrayContaining([expect.stringMatching(/approval-(denied|expired|voided)/)]),
        );
        expect(request).toMatchObject({ attempt: intent.attempt, digest: intent.digest });
        expect(bind(run, step)).toEqual({ action: intent.action, digest: intent.digest });
      }
    },
  );

  test.prop([journeys], RUNS)('an attempt has at most one intent', ({ events }) => {
    const seen = events.filter((event) => event.type === 'step-intended').map(({ run, step, attempt }) => `${run}/${step}/${attempt}`);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test.prop([journeys], RUNS)(
    'a destructive step acts again only after a person has said so, and with a new approval',
    ({ legs, events }) => {
      const all = intents(legs);
      for (const [index, { intent, step }] of all.entries()) {
        const previous = all.slice(0, index).findLast((other) => isAbout(other.intent, intent))?.intent;
        if (!previous || step.plan.effect !== 'destructive') continue;
        const between = events.slice(events.indexOf(previous), events.indexOf(intent));
        expect(between.filter((event) => saysAgain(event, intent))).not.toEqual([]);
        if (step.plan.approve) expect(between.some((event) => event.type === 'approval-requested' && isAbout(event, intent))).toBe(true);
      }
    },
  );

  test.prop([journeys], RUNS)(
    'a step acts only when all before it is over and nothing has gone wrong, an undo only after the undo before it',
    ({ legs }) => {
      for (const { intent, run, step } of intents(legs)) {
        const undo = step.plan.phase === 'undo';
        expect(run.progress.status).toBe(undo ? 'undoing' : 'running');
        const before = step.plan.after.map((id) => stepOf(run, id)!.state);
        expect(
          before.every((state) => state.status === 'skipped' || (state.status === 'finished' && state.result.outcome !== 'failed')),
        ).toBe(true);
        const others = run.steps.filter((other) => (other.plan.phase === 'undo') === undo);
        expect(
          others.filter(({ state }) => state.status === 'refused' || (state.status === 'finished' && state.result.outcome === 'failed')),
        ).toEqual([]);
        if (undo) expect(others.filter(({ state }) => ['intended', 'unknown'].includes(state.status))).toEqual([]);
        expect(step.state.status === 'pending' || intent.attempt === step.attempt).toBe(true);
      }
    },
  );

  test.prop([journeys], RUNS)('a run ends only when nothing of it acts any more, or a person gave up knowing', ({ legs }) => {
    for (const { before, events } of legs) {
      for (const event of events) {
        if (event.type !== 'run-finished') continue;
        for (const { state, plan } of runOf(before, event.run)!.steps) {
          expect(state.status).not.toBe('intended');
          if (state.status === 'unknown')
            expect(!state.alive && (state.givenUp || ['read', 'idempotent'].includes(plan.effect))).toBe(true);
        }
      }
    }
  });

  test.prop([journeys], RUNS)('a closed incident has no run that is not finished', ({ state }) => {
    const open = state.status === 'closed' ? state.runs.filter((run) => run.progress.status !== 'finished') : [];
    expect(open).toEqual([]);
  });
});

function intents(legs: readonly Leg[]): readonly { leg: Leg; intent: Intended; run: Run; step: RunStep }[] {
  return legs.flatMap((leg) =>
    leg.events.flatMap((intent) => {
      if (intent.type !== 'step-intended') return [];
      const run = runOf(leg.before, intent.run)!;
      return [{ leg, intent, run, step: stepOf(run, intent.step)! }];
    }),
  );
}

function votesFor(events: readonly IncidentEvent[], token: TokenId): readonly { readonly by: Person }[] {
  return events.filter((event) => event.type === 'approval-given' && event.token === token) as readonly Event<'approval-given'>[];
}

function isAbout(event: { run: unknown; step: unknown }, intent: Intended): boolean {
  return event.run === intent.run && event.step === intent.step;
}

/** A person's word that something may happen again: of this unknown step, or of all that failed in the run. */
function saysAgain(event: IncidentEvent, intent: Intended): boolean {
  if (event.type === 'step-settled') return isAbout(event, intent) && event.as === 'run-again' && event.by.kind === 'person';
  return event.type === 'run-continued' && event.run === intent.run && event.choice === 'retry';
}

function placesOf(state: IncidentState): readonly { run: Run; step: RunStep }[] {
  return state.status === 'none' ? [] : state.runs.flatMap((run) => run.steps.map((step) => ({ run, step })));
}
