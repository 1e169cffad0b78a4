import type { Instant, RunId, StepId, TokenId } from '../brand.ts';
import type { Command } from '../incident/command.ts';
import { decide, isRefusal } from '../incident/decide.ts';
import type { IncidentEvent } from '../incident/event.ts';
import { evolve, INITIAL } from '../incident/evolve.ts';
import { runOf, stepOf } from '../incident/state.ts';
import type { IncidentState, Run, RunStep } from '../incident/state.ts';
import type { PersonReading } from '../ports.ts';
import { readingOf } from './cast.ts';

export const RUN = 'rehearsal' as RunId;
export const EXECUTOR = 'rehearsal';

/** An incident in memory: what the rules say is folded at once, and time moves only by `wait`. */
export type Stage = ReturnType<typeof createStage>;

/** Sets up an empty incident at this time. */
export function createStage(start: Instant) {
  let state: IncidentState = INITIAL;
  let now = start;
  let tokens = 0;
  const events: IncidentEvent[] = [];
  const slips: string[] = [];

  /** Does what the rules say; a refusal is an answer like any other. */
  function take(command: Command): void {
    const decision = decide(state, command, now);
    if (isRefusal(decision)) return;
    for (const fact of decision) {
      const event: IncidentEvent = { ...fact, at: now };
      events.push(event);
      state = evolve(state, event);
    }
  }

  function place(id: StepId): { readonly run: Run; readonly step: RunStep } {
    const run = runOf(state, RUN);
    const step = run && stepOf(run, id);
    if (!run || !step) throw new Error(`The run of a rehearsal has no step ${id}.`);
    return { run, step };
  }

  return {
    events: events as readonly IncidentEvent[],
    slips: slips as readonly string[],
    state: () => state,
    run: () => runOf(state, RUN),
    now: () => now,
    wait: (ms: number): void => void (now = (now + ms) as Instant),
    until: (instant: Instant): void => void (now = instant > now ? instant : now),
    newToken: (): TokenId => `token-${(tokens += 1)}` as TokenId,
    place,
    take,
    slip: (says: string): void => void slips.push(says),
    /** What has to be allowed here. */
    accept(command: Command): void {
      const decision = decide(state, command, now);
      if (isRefusal(decision)) slips.push(`${command.kind} was refused: ${decision.says}`);
      else take(command);
    },
    /** What has to be refused here; it is only asked, and changes nothing. */
    mustRefuse(command: Command, what: string): void {
      if (!isRefusal(decide(state, command, now))) slips.push(what);
    },
    /** Those who approved a step, as they are right before its effect. */
    readings(id: StepId): readonly PersonReading[] {
      const { state: at } = place(id).step;
      return at.status === 'approved' ? at.approval.given.map((each) => readingOf(each, now)) : [];
    },
  };
}
