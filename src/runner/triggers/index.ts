import type { Triggers } from '../../core/trigger/port.ts';
import { createBaselines } from './baselines.ts';
import { createRuleWatch } from './rule-watch.ts';
import type { RuleWatchParts } from './rule-watch.ts';
import { createTriggerEngine } from './trigger-engine.ts';
import type { TriggerEngineParts } from './trigger-engine.ts';
import { createTriggers } from './triggers.ts';

export type TriggerOffice = { readonly triggers: Triggers; start(): Promise<void>; stop(): Promise<void> };

/** Everything between a reading and a decision about it. */
export function createTriggerOffice(given: TriggerEngineParts & Omit<RuleWatchParts, 'baselines'>): TriggerOffice {
  const parts = { ...given, baselines: createBaselines(given) };
  const watch = createRuleWatch(parts);
  const engine = createTriggerEngine(parts);
  return {
    triggers: createTriggers(parts),
    async start() {
      await engine.start();
      watch.start();
    },
    async stop() {
      await watch.stop();
      await parts.baselines.settled();
      await engine.stop();
    },
  };
}
