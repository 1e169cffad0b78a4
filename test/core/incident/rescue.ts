import type { Instant, TokenId } from '../../../src/core/brand.ts';
import type { Command } from '../../../src/core/incident/command.ts';
import { decide, isRefusal } from '../../../src/core/incident/decide.ts';
import { due } from '../../../src/core/incident/due.ts';
import { evolve } from '../../../src/core/incident/evolve.ts';
import type { IncidentState } from '../../../src/core/incident/state.ts';
import { acting, DECIDERS } from './cast.ts';
import { endingOf, fulfil } from './moves.ts';
import { at, placesWhere } from './places.ts';
import type { Place, Scene } from './places.ts';

const MOST_ROUNDS = 150;

/** Plays a bot that works and people who answer, until the incident is closed and reported. Throws where they get stuck. */
export function rescue(from: IncidentState, now: Instant): IncidentState {
  let state = from;
  let tokens = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const scene: Scene = { state, now, tokens: [], newToken: () => `rescue-${(tokens += 1)}` as TokenId };
    const commands = nextCommands(scene);
    if (commands.length === 0) return state;
    const before = state;
    for (const command of commands) state = take(state, command, now);
    if (state === before) throw new Error(`stuck: ${JSON.stringify(commands)}`);
  }
  throw new Error(`no end in ${MOST_ROUNDS} rounds`);
}

function take(state: IncidentState, command: Command, now: Instant): IncidentState {
  const decision = decide(state, command, now);
  return isRefusal(decision) ? state : decision.reduce((folded, fact) => evolve(folded, { ...fact, at: now }), state);
}

/** What the bot owes comes first, then what runs ends, then people decide, and at last somebody closes the incident. */
function nextCommands(scene: Scene): readonly Command[] {
  const [effect] = due(scene.state, scene.now);
  if (effect) return fulfil(effect, 0, scene);
  const [place] = placesWhere(scene.state, waits);
  if (place) return decisionAbout(place, scene);
  if (scene.state.status !== 'open') return [];
  const held = scene.state.runs.find(({ progress }) => progress.status !== 'finished');
  if (held?.progress.status === 'held') return [{ kind: 'continue', token: held.progress.token, choice: 'stop', ...acting('omar') }];
  return [{ kind: 'close-incident', reason: 'the crew went home', commanders: DECIDERS, ...acting('omar') }];
}

function waits({ run, step }: Place): boolean {
  const { status } = step.state;
  if (run.progress.status === 'finished') return false;
  if (step.state.status === 'unknown') return step.state.alive || !step.state.givenUp;
  if (status === 'intended') return true;
  return run.progress.status === 'running' && (status === 'asking' || status === 'awaiting-approval');
}

function decisionAbout(place: Place, scene: Scene): readonly Command[] {
  const { step } = place;
  const { state } = step;
  switch (state.status) {
    case 'intended':
      return endingOf(place, 0, scene);
    case 'asking': {
      const by = ['dana', 'omar', 'priya'] as const;
      return by.map((name) => ({ kind: 'answer', token: state.token, answer: 'yes', note: null, ...acting(name) }));
    }
    case 'awaiting-approval': {
      const by = ['omar', 'mina', 'priya'] as const;
      const { token } = state.approval;
      const yes = by.map((name): Command => ({ kind: 'approve', token, ...acting(name) }));
      return [...yes, { kind: 'deny', token, reason: 'there are too few of us', ...acting('mina') }];
    }
    case 'unknown':
      if (state.alive) return [{ kind: 'note-orphan-ended', ...at(place) }];
      return [{ kind: 'settle', token: state.token, as: 'happened', ...acting('omar') }];
    case 'pending':
    case 'skipped':
    case 'approved':
    case 'refused':
    case 'finished':
      return [];
    default:
      return state satisfies never;
  }
}
