import type { Instant, RunId } from '../brand.ts';
import { sayDuration } from '../duration.ts';
import type { PinnedRule } from './rule.ts';
import type { Timing } from './schema.ts';
import type { TriggerState } from './state.ts';

/** What has to be known before anything starts by itself, read for this very moment; what could not be read is null, and closes its gate. */
export type Gates = {
  /** How far the rule is trusted by now; null where it is no longer there. */
  readonly modeNow: PinnedRule['mode'] | null;
  /** When the newest reading that it goes by was true; null where this process has none. */
  readonly readAt: Instant | null;
  readonly lastChangeAt: Instant | null;
  /** Whether the target was changed since its version was verified the last time. */
  readonly changedSinceGood: boolean;
  readonly activeRun: RunId | null;
  /** When the last run on this target was too short a time ago. */
  readonly coolsUntil: Instant | null;
  /** Whether a rule has started a run in this incident already. */
  readonly incidentHadOne: boolean;
  readonly flapping: boolean;
  /** Why nothing may be changed now, such as maintenance. */
  readonly frozen: string | null;
  readonly lastGood: { readonly version: string; readonly verified: boolean } | null;
  /** How many independent signals say so, this one among them, and whether a probe from outside does. */
  readonly signals: number;
  readonly probeFails: boolean;
  /** Whether the procedure has a step that takes something away. */
  readonly destructive: boolean;
};

export type GateName =
  | 'trusted-less'
  | 'readings-old'
  | 'not-changed'
  | 'run-active'
  | 'cooling-down'
  | 'incident-had-one'
  | 'day-is-full'
  | 'flapping'
  | 'frozen'
  | 'no-verified-version'
  | 'one-signal-only';

const TRUST: readonly PinnedRule['mode'][] = ['shadow', 'propose', 'countdown', 'auto'];
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The first gate that keeps a rule from starting by itself, with a sentence; null where all of them are open. */
export function closedGate(
  rule: PinnedRule,
  state: TriggerState,
  gates: Gates,
  now: Instant,
): { readonly gate: GateName; readonly says: string } | null {
  const shut = (gate: GateName, says: string) => ({ gate, says: `${says} ${ASK}` });
  const { target } = rule;
  if (gates.modeNow === null || TRUST.indexOf(gates.modeNow) < TRUST.indexOf(rule.mode)) {
    return shut('trusted-less', `The rule is ${gates.modeNow === null ? 'gone' : `on ${gates.modeNow}`} since it began to watch.`);
  }
  if (rule.when.kind !== 'event' && (gates.readAt === null || now - gates.readAt > oldest(rule.when.timing))) {
    return shut('readings-old', 'Nothing was read of it lately, so nobody knows whether it is still so.');
  }
  if (gates.frozen !== null) return shut('frozen', `The target ${target} is frozen: ${gates.frozen.replace(/\.$/, '')}.`);
  if (gates.activeRun !== null) return shut('run-active', `Run ${gates.activeRun} is at work on ${target}.`);
  const coolsUntil = Math.max(gates.coolsUntil ?? 0, state.status === 'none' ? 0 : (state.coolsUntil ?? 0));
  if (coolsUntil > now)
    return shut('cooling-down', `The last run on ${target} is too short a time ago: for ${sayDuration(coolsUntil - now)} more.`);
  if (gates.incidentHadOne) return shut('incident-had-one', 'A rule has started a run in this incident already.');
  const starts = state.status === 'none' ? 0 : state.starts.filter((at) => at > now - DAY_MS).length;
  if (starts >= rule['a-day'])
    return shut('day-is-full', `This rule has started ${starts} runs in 24 hours, and may start ${rule['a-day']}.`);
  if (gates.flapping) return shut('flapping', 'It comes and goes.');
  const changed = gates.lastChangeAt !== null && now - gates.lastChangeAt <= rule['changed-within'];
  if (!changed && !gates.changedSinceGood) {
    return shut(
      'not-changed',
      `Nothing is known to have changed on ${target} in the last ${sayDuration(rule['changed-within'])}, so there may be nothing to roll back.`,
    );
  }
  if (gates.lastGood === null) return shut('no-verified-version', `Nobody knows a good version of ${target}.`);
  if (!gates.lastGood.verified) return shut('no-verified-version', `The version ${gates.lastGood.version} is not verified on ${target}.`);
  if (gates.destructive && gates.signals < 2 && !gates.probeFails) {
    return shut('one-signal-only', 'The procedure is destructive, and a single signal says so without a probe from outside.');
  }
  return null;
}

/** A reading that is older than this says nothing about now, however long the bot was away. */
function oldest({ every, gap, watermark }: Timing): number {
  return gap * every + watermark + MINUTE_MS;
}

const ASK = 'So a person has to start it.';
