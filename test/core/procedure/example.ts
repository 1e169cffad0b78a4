import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Procedure } from '../../../src/core/procedure/schema.ts';
import { Settings } from '../../../src/core/settings.ts';

/** The cache procedure as it stands in the repository. */
export const CACHE = Procedure.parse(parse(readFileSync('procedures/cache.yml', 'utf8')));
/** The settings of the repository: targets staging (the default) and production. */
export const SETTINGS = Settings.parse(parse(readFileSync('rollbot.yml', 'utf8')));
/** What an order can mean here. */
export const KNOWN = {
  procedures: ['cache', 'database-pooling', 'performance-middleware', 'emergency'].map((id) => ({ id, procedure: CACHE })),
  settings: SETTINGS,
  mistakes: [{ file: 'procedures/frontend.yml', line: 7, column: 3, says: 'Unknown key "efect". Did you mean "effect"?' }],
};
