import type { Instant, RunId, TokenId } from '../../../src/core/brand.ts';
import type { Command } from '../../../src/core/incident/command.ts';
import { decide, isRefusal } from '../../../src/core/incident/decide.ts';
import type { Decision } from '../../../src/core/incident/decide.ts';
import { due } from '../../../src/core/incident/due.ts';
import type { IncidentEvent } from '../../../src/core/incident/event.ts';
import { evolve, INITIAL } from '../../../src/core/incident/evolve.ts';
import type { IncidentState } from '../../../src/core/incident/state.ts';
import type { PlannedStep } from '../../../src/core/procedure/planned-step.ts';
import type { Move } from './arbitrary.ts';
import type { Name } from './cast.ts';
import { clickOf, crashOf, endingOf, fulfil, madCommand, orphanEnd } from './moves.ts';
import { placesWhere } from './places.ts';
import type { Scene } from './places.ts';
import { START, startOf } from './stage.ts';

/** One command, and all there was around it. */
export type Leg = {
  readonly command: Command;
  readonly now: Instant;
  readonly before: IncidentState;
  readonly decision: Decision;
  readonly after: IncidentState;
  readonly events: readonly IncidentEvent[];
};
export type Journey = { readonly legs: readonly Leg[]; readonly events: readonly IncidentEvent[]; readonly state: IncidentState };

/** Sends a run of these steps through these moves. States are frozen, so that a rule that changes one fails. */
export function travel(steps: readonly PlannedStep[], moves: readonly Move[], startedBy: Name | null = 'dana'): Journey {
  const legs: Leg[] = [];
  const events: IncidentEvent[] = [];
  const tokens: TokenId[] = [];
  let state: IncidentState = INITIAL;
  let now = START;
  const newToken = (): TokenId => {
    tokens.push(`t${tokens.length + 1}` as TokenId);
    return tokens.at(-1)!;
  };

  function take(command: Command): void {
    const before = state;
    const decision = decide(before, command, now);
    const made = isRefusal(decision) ? [] : decision.map((fact): IncidentEvent => ({ ...fact, at: now }));
    for (const event of made) state = freeze(evolve(state, event));
    events.push(...made);
    legs.push({ command, now, before, decision, after: state, events: made });
  }

  take({ kind: 'open-incident', incident: 'i1' as never, title: 'Cold cache', by: { kind: 'rollbot' }, drill: false, home: null });
  take(startOf(steps, 'r1' as RunId, startedBy));
  for (const move of moves) {
    if (move.do === 'wait') now = (now + move.ms) as Instant;
    else for (const command of commandsOf(move, { state, now, tokens, newToken })) take(command);
  }
  return { legs, events, state };
}

function commandsOf(move: Exclude<Move, { do: 'wait' }>, scene: Scene): readonly Command[] {
  const { state, now } = scene;
  switch (move.do) {
    case 'owed': {
      const owed = due(state, now);
      const effect = owed[move.pick % owed.length];
      return effect ? fulfil(effect, move.how, scene) : [];
    }
    case 'end': {
      const running = placesWhere(state, ({ step }) => step.state.status === 'intended');
      const place = running[move.pick % running.length];
      return place ? endingOf(place, move.how, scene) : [];
    }
    case 'click':
      return clickOf(move, scene);
    case 'crash':
      return placesWhere(state, ({ step }) => step.state.status === 'intended').map((place) => crashOf(place, move.alive, scene));
    case 'orphan-ends':
      return placesWhere(state, ({ step }) => step.state.status === 'unknown').map(orphanEnd);
    case 'mad':
      return [madCommand(move, scene)];
    default:
      return move satisfies never;
  }
}

function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
  return value;
}
