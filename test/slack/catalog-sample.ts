import { sha256 } from '../../src/core/digest.ts';
import type { Catalog, CatalogEntry } from '../../src/core/ports.ts';
import { planOf } from '../../src/core/procedure/plan.ts';
import type { Procedure } from '../../src/core/procedure/schema.ts';
import { settings } from './story.ts';

const cacheProcedure: Procedure = {
  title: 'Cache warming rollback',
  about: 'Takes the cache back to filling itself.',
  component: 'Cache Layer',
  estimate: '2m-3m',
  locks: ['cache:main'],
  params: {
    ref: { about: 'Commit to restore', type: 'git-commit', default: 'last-good', of: 'worker:api' },
    clear: { about: 'What to clear', choices: ['prefix', 'everything'], default: 'prefix' },
  },
  steps: [
    {
      id: 'clear',
      title: 'Clear the warmed entries',
      redis: { unlink: 'warm:*' },
      approve: { by: ['devops-engineer'] },
      undo: { none: 'deleted' },
    },
  ],
  verify: [{ title: 'No cache errors in the logs', ask: 'lead-developer' }],
};
export const entry: CatalogEntry = { id: 'cache', procedure: cacheProcedure, steps: planOf(cacheProcedure), hash: sha256('cache') };
/** A catalog with one good file and one mistake. */
export const catalog: Pick<Catalog, 'procedures' | 'settings' | 'mistakes'> = {
  procedures: () => [entry],
  settings: () => settings,
  mistakes: () => [{ file: 'procedures/api.yml', line: 7, column: 3, says: 'There is no key "setps". Did you mean "steps"?' }],
};
