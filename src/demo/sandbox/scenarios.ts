import type { Scenario } from './scenario.ts';
import { cache } from './scenarios/cache.ts';
import { cdnPurge } from './scenarios/cdn-purge.ts';
import { connectionPooling } from './scenarios/connection-pooling.ts';
import { databaseRestore } from './scenarios/database-restore.ts';
import { databaseSchema } from './scenarios/database-schema.ts';
import { emergency } from './scenarios/emergency.ts';
import { frontend } from './scenarios/frontend.ts';
import { hyperdrive } from './scenarios/hyperdrive.ts';
import { monitoring } from './scenarios/monitoring.ts';
import { performanceMiddleware } from './scenarios/performance-middleware.ts';
import { websocket } from './scenarios/websocket.ts';

/** Everything that can be wrong with a sandbox, each under the name of the procedure that repairs it. */
export const SCENARIOS = {
  cache,
  'performance-middleware': performanceMiddleware,
  'connection-pooling': connectionPooling,
  monitoring,
  hyperdrive,
  emergency,
  'database-restore': databaseRestore,
  frontend,
  'cdn-purge': cdnPurge,
  'database-schema': databaseSchema,
  websocket,
} satisfies Readonly<Record<string, Scenario>>;
export type ScenarioName = keyof typeof SCENARIOS;

/** The scenario of a procedure. */
export function scenarioOf(name: ScenarioName): Scenario {
  return SCENARIOS[name];
}
