import type { Scenario } from './scenario.ts';
import { cache } from './scenarios/cache.ts';
import { emergency } from './scenarios/emergency.ts';
import { monitoring } from './scenarios/monitoring.ts';
import { performanceMiddleware } from './scenarios/performance-middleware.ts';

/** Everything that can be wrong with a sandbox, each under the name of the procedure that repairs it. */
export const SCENARIOS = {
  cache,
  emergency,
  monitoring,
  'performance-middleware': performanceMiddleware,
} satisfies Readonly<Record<string, Scenario>>;
export type ScenarioName = keyof typeof SCENARIOS;

/** The scenario of a procedure. */
export function scenarioOf(name: ScenarioName): Scenario {
  return SCENARIOS[name];
}
