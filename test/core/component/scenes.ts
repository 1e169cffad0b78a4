import { fc } from '@fast-check/vitest';
import type { Instant, PersonId, RoleId, RunId } from '../../../src/core/brand.ts';
import type { ComponentCommand, Reading } from '../../../src/core/component/command.ts';
import { decide } from '../../../src/core/component/decide.ts';
import type { ComponentFact } from '../../../src/core/component/event.ts';
import { evolve, INITIAL } from '../../../src/core/component/evolve.ts';
import type { ComponentState } from '../../../src/core/component/state.ts';
import type { Timed } from '../../../src/core/stream-kind.ts';

export const EVERY_MS = 60_000;
export const GOOD_AFTER_MS = 5 * EVERY_MS;
const VERSIONS = ['v1', 'v2', 'v3'];
const COMMANDERS = ['devops-engineer' as RoleId];

/** One thing that happens, and how long after the one before it. */
export type Move = { readonly afterMs: number; readonly does: (lastReadAt: Instant | null) => ComponentCommand };
/** What became of a move. */
export type Deed = {
  readonly command: ComponentCommand;
  readonly at: Instant;
  readonly before: ComponentState;
  readonly after: ComponentState;
  readonly facts: readonly ComponentFact[] | null;
};

/** Somebody who may say what is good. */
export const DANA = {
  by: { kind: 'person', id: 'U0DANA' as PersonId, name: 'dana' },
  roles: COMMANDERS,
  commanders: COMMANDERS,
} as const;

/** A reading as it comes once a minute. */
export function reading(version: string | null, health: Reading['health'], lastReadAt: number | null = null): ComponentCommand {
  return {
    kind: 'note-reading',
    version,
    health: version === null ? 'unknown' : health,
    says: null,
    everyMs: EVERY_MS,
    goodAfterMs: GOOD_AFTER_MS,
    lastReadAt: lastReadAt as Instant | null,
  };
}

const version = fc.constantFrom(...VERSIONS);
const health = fc.constantFrom('healthy', 'healthy', 'healthy', 'healthy', 'unhealthy', 'unknown' as const);
const read = fc.tuple(fc.option(version, { freq: 8 }), health).map(
  ([seen, is]): Move['does'] =>
    (last) =>
      reading(seen, is, last),
);
const steady = health.map(
  (is): Move['does'] =>
    (last) =>
      reading('v1', is, last),
);
const said = fc.oneof(
  version.map((each): ComponentCommand => ({ kind: 'note-deployed', version: each })),
  fc
    .tuple(version, fc.option(version), fc.constantFrom('r1' as RunId, 'r2' as RunId))
    .map(([to, from, run]): ComponentCommand => ({ kind: 'note-rolled-back', run, version: to, insteadOf: from, reason: 'rolled back' })),
  fc.constantFrom('r1' as RunId, 'r2' as RunId).map((run): ComponentCommand => ({ kind: 'note-undone', run })),
  fc
    .tuple(fc.constantFrom('call-good', 'call-bad' as const), version, fc.boolean())
    .map(([kind, each, may]): ComponentCommand => ({ kind, version: each, reason: null, ...DANA, roles: may ? COMMANDERS : [] })),
  fc
    .tuple(fc.constantFrom('hold', 'unhold' as const), fc.boolean())
    .map(([kind, may]): ComponentCommand => ({ kind, reason: null, ...DANA, roles: may ? COMMANDERS : [] })),
);
const waits = fc.oneof(
  { weight: 8, arbitrary: fc.constant(EVERY_MS) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 * EVERY_MS }) },
);

/** Readings and what people, runs and CI say, in any order. */
export const moves = fc.array(
  fc.record({
    afterMs: waits,
    does: fc.oneof(
      { weight: 4, arbitrary: read },
      said.map((each) => () => each),
    ),
  }),
  {
    minLength: 1,
    maxLength: 40,
  },
);

/** Nothing but readings, mostly of one version that is mostly healthy. */
export const readings = fc.array(fc.record({ afterMs: waits, does: fc.oneof({ weight: 6, arbitrary: steady }, read) }), {
  minLength: 1,
  maxLength: 40,
});

/** Lets it all happen, one after the other. */
export function play(all: readonly Move[]): readonly Deed[] {
  const deeds: Deed[] = [];
  let state: ComponentState = INITIAL;
  let lastReadAt: Instant | null = null;
  let now = 1_000_000 as Instant;
  for (const { afterMs, does } of all) {
    now = (now + afterMs) as Instant;
    const at = now;
    const before = state;
    const command = does(lastReadAt);
    const decision = decide(state, command, at);
    const facts = 'refusal' in decision ? null : decision;
    state = (facts ?? []).reduce((each, fact) => evolve(each, { ...fact, at }), state);
    deeds.push({ command, at, before, after: state, facts });
    if (command.kind === 'note-reading') lastReadAt = at;
  }
  return deeds;
}

/** Every event of a story, with its time. */
export function eventsOf(deeds: readonly Deed[]): readonly Timed<ComponentFact>[] {
  return deeds.flatMap(({ facts, at }) => (facts ?? []).map((fact) => ({ ...fact, at })));
}
