import { didYouMean } from '../core/procedure/nearest.ts';
import { SCENARIOS } from './sandbox/scenarios.ts';
import type { ScenarioName } from './sandbox/scenarios.ts';

/** What is to be wrong, from the name of the procedure that repairs it; for anything else a sentence with all that there is. */
export function chooseScenario(name: string): { readonly name: ScenarioName } | { readonly says: string } {
  const names = Object.keys(SCENARIOS) as ScenarioName[];
  const found = names.find((each) => each === name);
  if (found) return { name: found };
  return { says: `The demo has nothing broken for a procedure "${name}".${didYouMean(name, names)} Choose ${names.join(', ')}.` };
}
