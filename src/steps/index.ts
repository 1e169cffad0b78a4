import { resolve } from 'node:path';
import type { Steps } from '../core/ports.ts';
import { perform } from './perform.ts';
import type { StepsParts } from './perform.ts';
import { endGroup, isGroupAlive } from './process-group.ts';

/** Builds the executor of steps. */
export function createSteps(given: StepsParts): Steps {
  const parts = { ...given, scratch: resolve(given.scratch) };
  return {
    perform: async (request, watch) => await perform(request, watch, parts),
    isAlive: async (process) => await isGroupAlive(process),
    async kill(process) {
      if (!(await endGroup(process, parts))) parts.log.warn({ ...process }, 'process group does not end');
    },
  };
}
