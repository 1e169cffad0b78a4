import { didYouMean } from '../core/procedure/nearest.ts';
import { SABOTAGES } from './sandbox/sabotage.ts';
import type { SabotageName } from './sandbox/sabotage.ts';

/** The steps of the procedure that something can go wrong with, and what that is. */
const OF_STEPS: Readonly<Record<string, SabotageName>> = {
  'stop-warming': 'crontab-unreadable',
  'clear-prefix': 'redis-down',
  deploy: 'deploy-fails',
  verify: 'service-stays-sick',
};

/** What goes wrong, from a name or from the step that it concerns; for anything else a sentence with all that there is. */
export function chooseSabotage(name: string): { readonly name: SabotageName } | { readonly says: string } {
  const found = SABOTAGES.find((each) => each === name) ?? (Object.hasOwn(OF_STEPS, name) ? OF_STEPS[name] : undefined);
  if (found) return { name: found };
  const steps = Object.entries(OF_STEPS).map(([step, sabotage]) => `${step} (${sabotage})`);
  const near = didYouMean(name, [...SABOTAGES, ...Object.keys(OF_STEPS)]);
  return { says: `There is no sabotage "${name}".${near} Choose ${SABOTAGES.join(', ')}; or a step: ${steps.join(', ')}.` };
}
