import type { ComponentFact } from '../../src/core/component/event.ts';
import { COMPONENT } from '../../src/core/component/kind.ts';
import type { ReleaseEntry, Releases } from '../../src/core/component/port.ts';
import { BEGINS, dana, omar, RUN } from './story.ts';

/** An installation that watches nothing. */
export const NO_RELEASES: Releases = {
  list: async () => await Promise.resolve([]),
  say: async () => await Promise.resolve({ status: 'refused', why: 'deployable', says: 'There is no such deployable.' }),
  mayDeploy: async () => await Promise.resolve({ status: 'done', says: 'It may be deployed.' }),
  noteDeployed: async () => await Promise.resolve({ status: 'done', says: 'It is noted.' }),
  lastGood: () => ({ version: 'v1.4.2', why: 'set by hand in rollbot.yml' }),
};

const releases: readonly ComponentFact[] = [
  { type: 'version-running', version: 'v1.4.1', how: 'ci', run: null },
  { type: 'version-verified', version: 'v1.4.1', by: omar, reason: 'looked at it <@U1> for a day' },
  { type: 'version-running', version: 'v1.5.0', how: 'reading', run: null },
  { type: 'version-doubted', version: 'v1.5.0', by: { kind: 'rollbot' }, reason: 'Cache warming rollback', run: RUN },
  { type: 'version-running', version: 'v1.4.2', how: 'run', run: RUN },
  { type: 'health-turned', health: 'healthy', countedMs: 0, says: null },
  { type: 'version-verified', version: 'v1.4.2', by: { kind: 'rollbot' }, reason: null },
  { type: 'deployable-held', versions: ['v1.5.0'], by: { kind: 'rollbot' }, reason: 'Cache warming rollback', run: RUN },
  { type: 'deployable-held', versions: [], by: dana, reason: 'the sale is on', run: null },
];
/** One deployable with a past, and one that nobody has seen yet. */
export const RELEASES: readonly ReleaseEntry[] = [
  {
    target: 'production',
    deployable: 'worker:api',
    state: releases.reduce((state, fact) => COMPONENT.evolve(state, { ...fact, at: BEGINS }), COMPONENT.initial),
  },
  { target: 'staging', deployable: 'worker:api', state: COMPONENT.initial },
];
