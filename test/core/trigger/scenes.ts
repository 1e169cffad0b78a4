import type { Instant, PersonId, RoleId, RunId, TokenId } from '../../../src/core/brand.ts';
import type { Person } from '../../../src/core/incident/event.ts';
import type { Baseline } from '../../../src/core/trigger/baseline.ts';
import type { TriggerCommand } from '../../../src/core/trigger/command.ts';
import { decide } from '../../../src/core/trigger/decide.ts';
import type { TriggerFact } from '../../../src/core/trigger/event.ts';
import { evolve, INITIAL } from '../../../src/core/trigger/evolve.ts';
import type { Gates } from '../../../src/core/trigger/gates.ts';
import type { PinnedRule } from '../../../src/core/trigger/rule.ts';
import { Triggers } from '../../../src/core/trigger/schema.ts';
import type { Sample } from '../../../src/core/trigger/sample.ts';
import type { TriggerState } from '../../../src/core/trigger/state.ts';
import { BEGIN } from './walk.ts';

const ROLES = ['devops-engineer' as RoleId];
export const OPEN: Gates = {
  modeNow: 'auto',
  readAt: BEGIN as Instant,
  lastChangeAt: BEGIN as Instant,
  changedSinceGood: true,
  activeRun: null,
  coolsUntil: null,
  incidentHadOne: false,
  flapping: false,
  frozen: null,
  lastGood: { version: 'v1.4.2', verified: true },
  signals: 2,
  probeFails: true,
  destructive: true,
};
export const DANA = { by: { kind: 'person', id: 'U0DANA' as PersonId, name: 'dana' }, roles: ROLES, allowed: ROLES } as const;
export const GUEST = { ...DANA, roles: [] } as const;
export const T1 = 't1' as TokenId;
export const R1 = 'r1' as RunId;
/** When a run ends that goes on for longer than the watch. */
export const AFTER = Number.MAX_SAFE_INTEGER as Instant;

/** A rule about the error rate, as trusted as is said. */
export function trusted(mode: PinnedRule['mode'], more: object = {}): PinnedRule {
  const when = { kind: 'error-rate', metric: 'error_rate', above: '10%', band: {} };
  const all = Triggers.parse({ 'error-rate-high': { title: 'Error rate above 10 %', when, procedure: 'cache', mode, ...more } });
  return { ...all['error-rate-high']!, name: 'error-rate-high', target: 'production' };
}

/** A rule about something that is reported. */
export function reported(mode: PinnedRule['mode'] = 'propose'): PinnedRule {
  return trusted(mode, { when: { kind: 'event', event: 'data-corruption' } });
}

/** A rule on a target with everything that happens to it, and the clock that it happens by. */
export class Stage {
  state: TriggerState = INITIAL;
  now = BEGIN as Instant;
  baseline: Baseline | null = null;
  /** Stands on the buttons of what it asks. */
  token: TokenId = T1;
  readonly facts: TriggerFact[] = [];
  private readonly seen: Sample[] = [];
  readonly rule: PinnedRule;
  private watches = 0;

  private readonly everyMs: number;

  constructor(rule: PinnedRule, everyMs = 15_000) {
    this.rule = rule;
    this.everyMs = everyMs;
  }

  /** What it says to a command: the events by type, or the refusal by name. */
  tell(command: TriggerCommand): readonly string[] | string {
    const decision = decide(this.state, command, this.now);
    if ('refusal' in decision) return decision.refusal;
    this.facts.push(...decision);
    this.state = decision.reduce((state: TriggerState, fact) => evolve(state, { ...fact, at: this.now }), this.state);
    return decision.map(({ type }) => type);
  }

  /** One reading after the other; null brings nothing. */
  read(...values: readonly (number | null)[]): readonly string[] {
    return values.flatMap((value) => {
      this.wait(this.everyMs);
      if (value !== null) this.seen.push({ at: this.now, value, n: 400 });
      const gap = value === null ? { at: this.now, why: 'Prometheus does not answer.' } : null;
      this.watches += 1;
      const told = this.tell({
        kind: 'observe',
        rule: this.rule,
        readings: { error_rate: { samples: this.seen.slice(-100), gap } },
        baseline: this.baseline,
        unknown: null,
        watch: `w${this.watches}`,
        token: this.token,
      });
      return typeof told === 'string' ? [told] : told;
    });
  }

  /** Until it fires. */
  breakIt(): readonly string[] {
    return this.read(0.01, ...Array.from({ length: 8 }, () => 0.4));
  }

  wait(ms: number): void {
    this.now = (this.now + ms) as Instant;
  }

  report(who: Pick<Extract<TriggerCommand, { kind: 'note-event' }>, 'by' | 'roles' | 'allowed'> = DANA): readonly string[] | string {
    return this.tell({
      kind: 'note-event',
      rule: this.rule,
      watch: 'w1',
      token: this.token,
      says: 'Orders of last night are missing.',
      ...who,
    });
  }

  gates(gates: Partial<Gates> = {}, procedure: string | null = 'cache'): readonly string[] | string {
    return this.tell({
      kind: 'note-gates',
      gates: { ...OPEN, readAt: this.now, lastChangeAt: this.now, ...gates },
      token: this.token,
      procedure,
    });
  }

  start(gates: Partial<Gates> = {}, procedure = 'cache'): readonly string[] | string {
    return this.tell({
      kind: 'note-started',
      run: R1,
      procedure,
      gates: { ...OPEN, readAt: this.now, lastChangeAt: this.now, ...gates },
    });
  }

  /** Somebody wants to see it. */
  want(
    who: { readonly by: Person; readonly roles: readonly RoleId[]; readonly allowed: readonly RoleId[] } = DANA,
  ): readonly string[] | string {
    const { rule, baseline } = this;
    const readings = { error_rate: { samples: this.seen.slice(-100), gap: null } };
    return this.tell({ kind: 'watch-now', rule, readings, baseline, unknown: null, watch: 'w1', ...who });
  }

  countdown(): void {
    this.breakIt();
    this.gates();
    this.tell({ kind: 'note-shown', token: this.token });
  }
}
