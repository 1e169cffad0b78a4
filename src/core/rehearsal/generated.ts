import { changingAmong } from '../incident/readiness.ts';
import { undoStep } from '../incident/undo.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import { failed, NOBODY, one, RETRY, STOP, UNDO, undoneOr, wrongTurn } from './generated-one.ts';
import type { Generated } from './generated-one.ts';
import { lossesOf } from './generated-losses.ts';
import { anythingBegan } from './reading.ts';
import type { EndWord } from './schema.ts';
import { canTell } from './script.ts';

/** The scenarios that follow from a procedure alone: what can go wrong with each item, and what people can do about it. */
export function generatedFor(plan: readonly PlannedStep[]): readonly Generated[] {
  const items = plan.filter(({ skip }) => skip === undefined);
  const steps = items.filter(({ phase }) => phase === 'step');
  const deeds = steps.filter(({ effect }) => effect !== 'read');
  const good: EndWord = deeds.length === 0 ? 'nothing-to-do' : 'verified';
  return [
    one('all goes well', null, {}, NOBODY, () => good),
    one('all is done already', null, 'already-done', NOBODY, () => (changingAmong(items).every(canTell) ? 'nothing-to-do' : 'verified')),
    ...items.filter(({ phase }) => phase === 'preflight').map(preflightFails),
    ...steps.flatMap((item) => [...failed(item, 'a step fails'), failsOnce(item, good)]),
    ...steps.filter(({ check }) => check !== undefined).map(checkIsUnclear),
    ...steps.filter(({ approve }) => approve !== undefined).flatMap((item) => refusals(item, good)),
    ...steps.flatMap((item) => lossesOf(item, items, good)),
    ...(deeds.length === 0 ? [] : verificationsAndUndos(items, deeds)),
  ];
}

function preflightFails(item: PlannedStep): Generated {
  return one('a preflight check fails', item.id, { [item.id]: wrongTurn(item) }, NOBODY, () => 'preflight-failed');
}

function failsOnce(item: PlannedStep, good: EndWord): Generated {
  return one('a step fails once, retry', item.id, { [item.id]: [wrongTurn(item), 'ok'] }, RETRY, () => good);
}

function checkIsUnclear(item: PlannedStep): Generated {
  return one("a step's own check can't tell, stop", item.id, { [item.id]: 'unclear' }, STOP, () => 'failed');
}

/** Before anything has begun a refusal ends the run; after that, people decide. */
function refusals({ id }: PlannedStep, good: EndWord): readonly Generated[] {
  return [
    one('an approval is denied, undo', id, { [id]: 'denied' }, UNDO, undoneOr('denied')),
    one('an approval is denied, stop', id, { [id]: 'denied' }, STOP, () => 'denied'),
    one('an approval expires, undo', id, { [id]: 'expired' }, UNDO, undoneOr('expired')),
    one('an approval expires once, retry', id, { [id]: ['expired', 'ok'] }, RETRY, (played) => (anythingBegan(played) ? good : 'expired')),
  ];
}

function verificationsAndUndos(items: readonly PlannedStep[], deeds: readonly PlannedStep[]): readonly Generated[] {
  const verify = items.filter(({ phase }) => phase === 'verify');
  const undos = deeds.flatMap((deed) => undoStep(deed));
  return [
    ...verify.flatMap((item) => failed(item, 'a verification fails')),
    ...verify.slice(0, 1).flatMap((item) => undos.map((undo) => undoFails(undo, item))),
  ];
}

/** A verification fails, somebody chooses undo, and then one of the undos fails as well. */
function undoFails(undo: PlannedStep, check: PlannedStep): Generated {
  const turns = { [check.id]: wrongTurn(check), [undo.id]: wrongTurn(undo) };
  return one('an undo fails, stop', undo.id, turns, UNDO, () => 'undo-failed');
}
