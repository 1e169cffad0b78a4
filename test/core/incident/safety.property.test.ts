import { describe, expect, test } from 'vitest';
import type { PersonId, TokenId } from '../../../src/core/brand.ts';
import { bind } from '../../../src/core/incident/binding.ts';
import { canonicalJson } from '../../../src/core/digest.ts';
import type { IncidentEvent } from '../../../src/core/incident/event.ts';
import { runOf, stepOf } from '../../../src/core/incident/state.ts';
import type { Run, RunStep } from '../../../src/core/incident/state.ts';
import type { Journey, Leg } from './journey.ts';
import { breach } from './journeys.ts';
import { placesWhere } from './places.ts';

type Event<Type extends IncidentEvent['type']> = Extract<IncidentEvent, { type: Type }>;
/** An intent, with the run and the step as they were right before it. */
type Deed = { readonly leg: Leg; readonly intent: Event<'step-intended'>; readonly run: Run; readonly step: RunStep };

describe('nothing acts without leave', () => {
  test('nobody counts as an approver of what they asked for, and nobody counts twice', () => {
    expect(breach(({ legs }) => legs.flatMap(({ after }) => placesWhere(after, ({ run, step }) => hasBadVotes(run, step))))).toBeNull();
  });

  test('what needs an approval acts only with one that stands, by enough entitled people, for exactly what it does', () => {
    expect(breach((journey) => deedsOf(journey).flatMap((deed) => whyNotApproved(deed, eventsBefore(journey, deed))))).toBeNull();
  });

  test('an attempt has at most one intent', () => {
    expect(
      breach((journey) => {
        const seen = deedsOf(journey).map(({ intent }) => `${intent.run}/${intent.step}/${intent.attempt}`);
        return seen.filter((key, index) => seen.indexOf(key) !== index);
      }),
    ).toBeNull();
  });

  test('a destructive step acts again only after a person has said so, and with a new approval', () => {
    expect(
      breach((journey) =>
        deedsOf(journey).flatMap((deed) => {
          if (deed.step.plan.effect !== 'destructive') return [];
          const before = eventsBefore(journey, deed);
          const last = before.findLastIndex((event) => event.type === 'step-intended' && isAbout(event, deed));
          const between = last < 0 ? null : before.slice(last);
          if (between === null) return [];
          const asked = !deed.step.plan.approve || between.some((event) => event.type === 'approval-requested' && isAbout(event, deed));
          return asked && between.some((event) => saysAgain(event, deed)) ? [] : [deed.intent];
        }),
      ),
    ).toBeNull();
  });

  test('a step acts only when all before it is over and nothing has gone wrong, and an undo only after the undo before it', () => {
    expect(
      breach((journey) =>
        deedsOf(journey)
          .filter((deed) => !isInTurn(deed))
          .map(({ intent }) => intent),
      ),
    ).toBeNull();
  });

  test('a run ends only when nothing of it acts any more, or a person gave up knowing', () => {
    expect(
      breach(({ legs }) =>
        legs.flatMap(({ before, events }) =>
          events.flatMap((event) => (event.type === 'run-finished' ? runOf(before, event.run)!.steps.filter(mayStillAct) : [])),
        ),
      ),
    ).toBeNull();
  });

  test('a closed incident has no run that is not finished', () => {
    expect(
      breach(({ state }) => (state.status === 'closed' ? state.runs.filter((run) => run.progress.status !== 'finished') : [])),
    ).toBeNull();
  });

  test('only a person ends the doubt about a destructive step', () => {
    expect(
      breach(({ legs }) =>
        legs.flatMap(({ before, events }) =>
          events.filter(
            (event) =>
              event.type === 'step-settled' &&
              event.by.kind === 'rollbot' &&
              stepOf(runOf(before, event.run)!, event.step)!.plan.effect === 'destructive',
          ),
        ),
      ),
    ).toBeNull();
  });
});

function deedsOf({ legs }: Journey): readonly Deed[] {
  return legs.flatMap((leg) =>
    leg.events.flatMap((intent) => {
      if (intent.type !== 'step-intended') return [];
      const run = runOf(leg.before, intent.run)!;
      return [{ leg, intent, run, step: stepOf(run, intent.step)! }];
    }),
  );
}

function eventsBefore({ events }: Journey, { intent }: Deed): readonly IncidentEvent[] {
  return events.slice(0, events.indexOf(intent));
}

function hasBadVotes({ startedBy }: Run, { state }: RunStep): boolean {
  if (state.status !== 'awaiting-approval' && state.status !== 'approved') return false;
  const people = state.approval.given.map((each) => each.by.id);
  return new Set(people).size < people.length || (startedBy.kind === 'person' && people.includes(startedBy.id));
}

/** Looks at the journal alone, not at what the rules made of it. */
function whyNotApproved(deed: Deed, before: readonly IncidentEvent[]): readonly string[] {
  const { intent, run, step } = deed;
  const rule = step.plan.approve;
  if (!rule) return [];
  const request = before.findLast((event) => event.type === 'approval-requested' && isAbout(event, deed)) as Event<'approval-requested'>;
  const override = before.find((event) => event.type === 'approval-overridden' && event.token === request.token) as
    | Event<'approval-overridden'>
    | undefined;
  const people = new Set(votersFor(request.token, before).filter((id) => isEntitled(id, deed)));
  if (run.startedBy.kind === 'person') people.delete(run.startedBy.id);
  const ended = before.some((event) => ENDS.has(event.type) && 'token' in event && event.token === request.token);
  const shown = before.find((event) => event.type === 'approval-shown' && event.token === request.token);
  const same = canonicalJson(bind(run, step)) === canonicalJson({ action: intent.action, digest: intent.digest });
  return [
    ...(override
      ? whyNotOverridden(deed, override)
      : [
          ...(people.size < rule.need ? ['too few people'] : []),
          ...(shown && intent.at >= shown.at + rule.withinMs ? ['it was too late'] : []),
        ]),
    ...(ended ? ['it had ended'] : []),
    ...(wasCheckedAgain(deed) ? [] : ['its check was not asked again']),
    ...(same && request.digest === intent.digest && request.attempt === intent.attempt ? [] : ['something else was approved']),
  ];
}

/** One person stands for all, by a role that may, now as then: for exactly this, in time, and with a reason. */
function whyNotOverridden({ intent, leg: { command } }: Deed, { by, roles, digest, at, holdsMs, reason }: Event<'approval-overridden'>) {
  const readings = command.kind === 'intend' ? command.approvers : [];
  const reading = readings.find((each) => each.status === 'member' && each.id === by.id);
  const may = reading?.status === 'member' && reading.roles.some((each) => roles.includes(each) && each === 'lead-developer');
  return [
    ...(may ? [] : ['overridden by somebody who may not']),
    ...(digest === intent.digest ? [] : ['something else was overridden']),
    ...(intent.at < at + holdsMs ? [] : ['the override had expired']),
    ...(reason.trim() === '' ? ['overridden without a reason'] : []),
  ];
}

const ENDS = new Set(['approval-denied', 'approval-expired', 'approval-voided']);

function votersFor(token: TokenId, events: readonly IncidentEvent[]): readonly PersonId[] {
  return events.flatMap((event) => (event.type === 'approval-given' && event.token === token ? [event.by.id] : []));
}

function isEntitled(id: PersonId, { leg: { command }, step }: Deed): boolean {
  const readings = command.kind === 'intend' ? command.approvers : [];
  return readings.some(
    (each) => each.status === 'member' && each.id === id && each.roles.some((role) => step.plan.approve?.by.includes(role)),
  );
}

function wasCheckedAgain({ leg: { command }, step }: Deed): boolean {
  return step.plan.check === undefined || (command.kind === 'intend' && command.checked?.done === false);
}

function isAbout(event: { run: unknown; step: unknown }, { intent }: Deed): boolean {
  return event.run === intent.run && event.step === intent.step;
}

/** A person's word that something may happen again: of this unknown step, or of all that failed in the run. */
function saysAgain(event: IncidentEvent, deed: Deed): boolean {
  if (event.type === 'step-settled') return isAbout(event, deed) && event.as === 'run-again' && event.by.kind === 'person';
  return event.type === 'run-continued' && event.run === deed.intent.run && event.choice === 'retry';
}

function isInTurn({ intent, run, step }: Deed): boolean {
  const undo = step.plan.phase === 'undo';
  const others = run.steps.filter((other) => (other.plan.phase === 'undo') === undo);
  const unsure = undo && others.some(({ state }) => state.status === 'intended' || state.status === 'unknown');
  const ready = mustBeOver(run, step).every((other) => other.state.status === 'finished' && !isWrong(other));
  return (
    run.progress.status === (undo ? 'undoing' : 'running') && ready && !others.some(isWrong) && !unsure && intent.attempt === step.attempt
  );
}

/** Everything before a step; one that is left out stands for what comes before it. */
function mustBeOver(run: Run, { plan }: RunStep): readonly RunStep[] {
  return plan.after.flatMap((id) => {
    const other = stepOf(run, id)!;
    return other.state.status === 'skipped' ? mustBeOver(run, other) : [other];
  });
}

function isWrong({ state }: RunStep): boolean {
  return state.status === 'refused' || (state.status === 'finished' && state.result.outcome === 'failed');
}

function mayStillAct({ state, plan }: RunStep): boolean {
  if (state.status !== 'unknown') return state.status === 'intended';
  return state.alive || (!state.givenUp && plan.effect !== 'read' && plan.effect !== 'idempotent');
}
