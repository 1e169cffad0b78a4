import type { IncidentId, Instant, PersonId, RoleId, RunId, TokenId } from '../../../src/core/brand.ts';
import type { DrillCommand } from '../../../src/core/drill/command.ts';
import { decide } from '../../../src/core/drill/decide.ts';
import type { PinnedDrill } from '../../../src/core/drill/drill.ts';
import type { DrillFact } from '../../../src/core/drill/event.ts';
import { evolve, INITIAL } from '../../../src/core/drill/evolve.ts';
import { Drills } from '../../../src/core/drill/schema.ts';
import type { DrillState } from '../../../src/core/drill/state.ts';

const role = (name: string) => name as RoleId;
export const DANA = { by: { kind: 'person', id: 'U1' as PersonId, name: 'dana' }, roles: [role('lead-developer')] } as const;
export const LEE = { by: { kind: 'person', id: 'U5' as PersonId, name: 'lee' }, roles: [] } as const;
export const ALLOWED = [role('lead-developer')];
export const RUN = { incident: 'i1' as IncidentId, run: 'r1' as RunId };

/** The first Tuesday of December, 10:00 in Berlin. */
export const STARTS_AT = Date.parse('2026-12-01T09:00Z') as Instant;
export const NEXT_MONTH = Date.parse('2027-01-05T09:00Z') as Instant;
const HOUR = 3_600_000;

/** A drill as `rollbot.yml` has it. */
function drillWith(change: object = {}): PinnedDrill {
  const schedule = { every: 'month', day: 'first tuesday', at: '10:00', zone: 'Europe/Berlin' };
  const { monthly } = Drills.parse({ monthly: { title: 'Monthly drill', procedure: 'cache', target: 'staging', schedule, ...change } });
  return { ...monthly!, name: 'monthly' };
}

/** A timetable in memory: what is said to it is decided and folded as the journal does it. */
export class Timetable {
  state: DrillState = INITIAL;
  readonly facts: DrillFact[] = [];
  now: Instant;
  drill: PinnedDrill | null;
  /** When the bot of that moment was started: just now, where a test does not say so. */
  runningSince: Instant | null = null;
  #tokens = 0;

  constructor(change: object = {}, now = STARTS_AT - 72 * HOUR) {
    this.drill = drillWith(change);
    this.now = now as Instant;
  }

  /** The types of what happened, or the refusal's name. */
  tell(command: DrillCommand): readonly DrillFact['type'][] | string {
    const decision = decide(this.state, command, this.now);
    if ('refusal' in decision) return decision.refusal;
    for (const fact of decision) {
      this.facts.push(fact);
      this.state = evolve(this.state, { ...fact, at: this.now });
    }
    return decision.map(({ type }) => type);
  }

  keep(): readonly DrillFact['type'][] | string {
    this.#tokens += 1;
    return this.tell({ kind: 'keep', drill: this.drill, token: `t${this.#tokens}` as TokenId, upSince: this.runningSince ?? this.now });
  }

  /** Goes to some hours before its time, and looks. */
  at(hoursBefore: number): readonly DrillFact['type'][] | string {
    this.now = (STARTS_AT - hoursBefore * HOUR) as Instant;
    return this.keep();
  }

  get startsAt(): Instant | null {
    return this.state.status === 'planned' ? this.state.next.occurrence.startsAt : null;
  }

  get token(): TokenId | null {
    return this.state.status === 'planned' ? this.state.next.token : null;
  }
}
