import type { IncidentId, Instant, RoleId, TokenId } from '../../../src/core/brand.ts';
import type { FollowUpCommand, Wanted } from '../../../src/core/followup/command.ts';
import { decide } from '../../../src/core/followup/decide.ts';
import { due } from '../../../src/core/followup/due.ts';
import type { FollowUpFact } from '../../../src/core/followup/event.ts';
import { evolve, INITIAL } from '../../../src/core/followup/evolve.ts';
import type { FollowUpRefusal } from '../../../src/core/followup/refusal.ts';
import type { FollowUp, FollowUpList, FollowUpState } from '../../../src/core/followup/state.ts';
import { acting } from '../incident/cast.ts';
import type { Name } from '../incident/cast.ts';

export const HOUR = 60 * 60_000;
export const DAY = 24 * HOUR;
/** When the incident was over. */
export const OVER = Date.UTC(2026, 10, 24, 4, 0, 0) as Instant;
const COMMANDERS = ['lead-developer' as RoleId];

export const ROOT_CAUSE: Wanted = { title: 'Find the root cause', owner: 'lead-developer' as RoleId, dueMs: DAY, from: 'cache' };
export const PREVENT: Wanted = {
  title: 'Prevent it from being deployed again',
  owner: 'devops-engineer' as RoleId,
  dueMs: 7 * DAY,
  from: 'cache',
};
export const POST_MORTEM: Wanted = { title: 'Hold the post-mortem', owner: 'product-owner' as RoleId, dueMs: 7 * DAY, from: null };

/** What one incident has left to be done, and a clock that a test moves; what is owed happens by itself. */
export class Afterwards {
  now: Instant = OVER;
  state: FollowUpState = INITIAL;
  readonly facts: FollowUpFact[] = [];

  constructor(wanted: readonly Wanted[] = [ROOT_CAUSE, PREVENT, POST_MORTEM], drill = false) {
    this.tell({ kind: 'open', incident: 'k7m2xq' as IncidentId, title: 'Cache warming rollback on production', drill, wanted });
    this.does();
  }

  tell(command: FollowUpCommand): readonly FollowUpFact[] | FollowUpRefusal {
    const decision = decide(this.state, command, this.now);
    if ('refusal' in decision) return decision;
    for (const fact of decision) this.state = evolve(this.state, { ...fact, at: this.now });
    this.facts.push(...decision);
    return decision;
  }

  /** What the bot does by itself at this moment. */
  does(): void {
    for (const effect of due(this.state, this.now)) {
      this.tell(
        effect.do === 'remind' ? { kind: 'remind' } : { kind: 'give-buttons', item: effect.item, token: `T-${effect.item}` as TokenId },
      );
    }
  }

  waits(ms: number, stepMs = HOUR): void {
    for (const end = this.now + ms; this.now < end;) {
      this.now = Math.min(end, this.now + stepMs) as Instant;
      this.does();
    }
  }

  who(name: Name, kind: 'take' | 'finish', id = 'f1'): readonly FollowUpFact[] | FollowUpRefusal {
    return this.tell({ kind, token: `T-${id}` as TokenId, commanders: COMMANDERS, ...acting(name) });
  }

  later(name: Name, to: number, reason: string, id = 'f1'): readonly FollowUpFact[] | FollowUpRefusal {
    return this.tell({ kind: 'postpone', token: `T-${id}` as TokenId, to: to as Instant, reason, commanders: COMMANDERS, ...acting(name) });
  }

  get list(): FollowUpList & { readonly status: 'open' | 'closed' } {
    if (this.state.status === 'none') throw new Error('Nothing is left to be done.');
    return this.state;
  }

  item(id = 'f1'): FollowUp {
    const found = this.list.items.find((item) => item.id === id);
    if (!found) throw new Error(`There is no item ${id}.`);
    return found;
  }

  /** When people were reminded of an item, in hours after the incident. */
  heard(id = 'f1'): readonly (readonly [string, number])[] {
    return this.item(id).reminders.map(({ when, at }) => [when, (at - OVER) / HOUR] as const);
  }
}
