import { canonicalJson } from '../digest.ts';
import type { Params } from '../incident/event.ts';
import { changingAmong } from '../incident/readiness.ts';
import { repeatsByItself } from '../procedure/effect.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import { difference } from './difference.ts';
import { generatedFor } from './generated.ts';
import { strandedBy } from './generated-losses.ts';
import { play } from './play.ts';
import type { Casting, Played } from './play.ts';
import { brokenPromises } from './promises.ts';
import type { EndWord, Rehearsal, Scenario } from './schema.ts';
import { canTell, scriptOf } from './script.ts';
import { shorten, transcript } from './transcript.ts';

/** How one scenario went; `differs` is empty where all was as it should be. */
export type Performance = {
  readonly scenario: string;
  readonly written: boolean;
  readonly params: Params;
  /** How many items began or were found done. */
  readonly steps: number;
  readonly outcome: EndWord | 'running';
  readonly order: readonly string[];
  readonly differs: readonly string[];
};

export type Rehearsed = {
  readonly procedure: string;
  readonly target: string;
  readonly startedBy: string;
  readonly performances: readonly Performance[];
  /** What is no mistake, and good to know before the day comes. */
  readonly notes: readonly string[];
};

/** Rehearses a procedure: what its author wrote, and everything that follows from its plan, for each set of parameters in the file. */
export function rehearse(rehearsal: Rehearsal, cast: (params: Params) => Casting): Rehearsed {
  const common = textsOf(rehearsal.params ?? {});
  const written = Object.entries(rehearsal.scenarios).map(([name, scenario]) => ({
    name,
    scenario,
    casting: cast({ ...common, ...textsOf(scenario.params ?? {}) }),
  }));
  const first = cast(common);
  const castings = distinct([first, ...written.map(({ casting }) => casting)]);
  const { procedure, target, startedBy } = first;
  return {
    procedure: procedure.id,
    target: target.name,
    startedBy,
    performances: [
      ...written.map(({ name, scenario, casting }) => writtenOne(rehearsal, { name, scenario, casting })),
      ...castings.flatMap((casting) => generatedOnes(rehearsal, casting)),
    ],
    notes: [...new Set(castings.flatMap(notesOf))],
  };
}

type Written = { readonly name: string; readonly scenario: Scenario; readonly casting: Casting };

function writtenOne(rehearsal: Rehearsal, { name, scenario, casting }: Written): Performance {
  const played = play(casting, scriptOf(rehearsal, scenario));
  const { outcome, order } = scenario.expect;
  const wanted = order?.map((line) => (typeof line === 'string' ? line : Object.entries(line).flat().join(': ')));
  const happened = transcript(played);
  const lines = wanted ? shorten(happened, casting.procedure.steps, wanted) : happened;
  const other = wanted ? difference(wanted, lines) : [];
  return { ...performance(name, played, outcome, other), written: true, order: lines };
}

function generatedOnes(rehearsal: Rehearsal, casting: Casting): readonly Performance[] {
  const given = scriptOf(rehearsal, {});
  return generatedFor(casting.procedure.steps).map(({ group, about, script, ends }) => {
    const played = play(casting, {
      ...script,
      turn(item, attempt) {
        const turn = script.turn(item, attempt);
        return turn === 'ok' && givesOutputs(given.turn(item, attempt)) ? given.turn(item, attempt) : turn;
      },
    });
    const name = about === null ? group : `${group}: ${about}`;
    return { ...performance(name, played, ends(played), []), written: false };
  });
}

function givesOutputs(turn: ReturnType<ReturnType<typeof scriptOf>['turn']>): boolean {
  return typeof turn === 'object' && 'outputs' in turn;
}

function performance(scenario: string, played: Played, expected: EndWord, other: readonly string[]): Omit<Performance, 'written'> {
  const outcome = outcomeOf(played);
  const ended = outcome === expected ? [] : [`it ended ${outcome}, expected ${expected}`];
  return {
    scenario,
    params: played.run.params,
    steps: played.run.steps.filter(({ state }) => state.status !== 'pending' && state.status !== 'skipped').length,
    outcome,
    order: transcript(played),
    differs: [...ended, ...brokenPromises(played), ...other],
  };
}

function outcomeOf({ run }: Played): EndWord | 'running' {
  if (run.progress.status === 'finished') return run.progress.outcome;
  if (run.progress.status === 'held') return 'held';
  return run.steps.some(({ state }) => state.status === 'unknown') ? 'unknown' : 'running';
}

/** One casting for each set of parameters. */
function distinct(castings: readonly Casting[]): readonly Casting[] {
  return [...new Map(castings.map((casting) => [canonicalJson(casting.params), casting])).values()];
}

function notesOf({ procedure: { steps } }: Casting): readonly string[] {
  const deeds = steps.filter((item) => item.phase === 'step' && item.effect !== 'read' && item.skip === undefined);
  return [
    ...changingAmong(deeds)
      .filter((item) => !canTell(item))
      .map(sayBlind),
    ...deeds.flatMap((item) => sayStranded(item, steps)),
  ];
}

function sayBlind({ id }: PlannedStep): string {
  return `${id} can't tell whether it has happened already, so a second run does it again.`;
}

function sayStranded(item: PlannedStep, items: readonly PlannedStep[]): readonly string[] {
  const { id, ask } = item;
  const stranded = ask === undefined && !repeatsByItself(item) ? strandedBy(id, items) : [];
  if (stranded.length === 0) return [];
  return [
    `Where the result of ${id} is lost and it is settled as happened, its outputs are lost too, and ${stranded.join(', ')} can't begin.`,
  ];
}

function textsOf(params: Readonly<Record<string, string | number>>): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}
