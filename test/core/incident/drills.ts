import type { PersonId, TokenId } from '../../../src/core/brand.ts';
import { ITEMS } from '../../../src/core/drill/checklist.ts';
import type { ChecklistItem } from '../../../src/core/drill/checklist.ts';
import type { Practice } from '../../../src/core/drill/practice.ts';
import type { Command } from '../../../src/core/incident/command.ts';
import { acting } from './cast.ts';
import type { Name } from './cast.ts';
import { reads, step, targetOf } from './plans.ts';
import { FLUSH, OPS, YES } from './scenes.ts';
import { approve, createStage, RUN, startOf } from './stage.ts';
import type { Stage } from './stage.ts';

/** The button of the checklist in these scenes. */
const LIST = 'list' as TokenId;
export const asksForChecklist = (stage: Stage): unknown => stage.accept({ kind: 'ask-checklist', token: LIST });
export const SILENT_MS = 180_000;
export const PRACTICE: Practice = {
  drill: 'monthly',
  signedUp: { people: ['U1' as PersonId], roles: [] },
  trouble: { failingStep: FLUSH, silentApproverMs: SILENT_MS },
};

/** A drill of one flush with an approval on a target that is not protected, as far as `how` says. */
export function drill(...how: readonly ((stage: Stage) => unknown)[]): Stage {
  const stage = createStage('dana', PRACTICE);
  stage.open();
  const steps = [step('flush', { approve: OPS }), reads('health', 'verify', ['flush'])];
  stage.accept({ ...startOf(steps, RUN, 'dana'), target: targetOf({ name: 'staging', protected: false }) });
  for (const happen of how) happen(stage);
  return stage;
}

/** Omar was the first to approve, and so has to stay silent. */
export function silenced(): { stage: Stage; token: TokenId } {
  const stage = drill();
  const token = approve(stage, 'flush');
  stage.accept(stage.click('omar', token, YES));
  return { stage, token };
}

export function checklist(who: Name, items: readonly ChecklistItem[] = ITEMS): Command {
  return { kind: 'fill-checklist', token: LIST, answers: items.map((item) => ({ item, answer: 'yes' })), note: null, ...acting(who) };
}
