import type { StepId } from '../brand.ts';
import { repeatsByItself } from '../procedure/effect.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import { one, STOP, UNDO } from './generated-one.ts';
import type { Generated } from './generated-one.ts';
import { askedOf } from './made-up.ts';
import type { Played } from './play.ts';
import type { Choice, EndWord } from './schema.ts';
import type { Script } from './script.ts';

/** Nobody knows whether a step happened: what the bot does by itself, and each of the answers that people can give. */
export function lossesOf(item: PlannedStep, items: readonly PlannedStep[], good: EndWord): readonly Generated[] {
  const { id, ask, check, effect } = item;
  if (ask !== undefined) return [];
  if (repeatsByItself(item)) {
    return [
      one('a result is lost once, and it repeats by itself', id, { [id]: ['unknown', 'ok'] }, STOP, () => good),
      one('a result is lost each time, stop', id, { [id]: 'unknown' }, STOP, () => (effect === 'read' ? 'failed' : 'stopped')),
    ];
  }
  const happened = itHappened(item, items, good);
  const byItself =
    effect === 'guarded' && check !== undefined
      ? [
          one('a result is lost, its check says that it happened', id, { [id]: { unknown: 'happened' } }, UNDO, happened),
          one('a result is lost, its check says that it did not', id, { [id]: [{ unknown: 'did-not-happen' }, 'ok'] }, STOP, () => good),
        ]
      : [];
  return [
    ...byItself,
    one('a result is lost, people say that it happened', id, { [id]: 'unknown' }, firstThen('happened', UNDO), happened),
    one('a result is lost, people have it run again', id, { [id]: ['unknown', 'ok'] }, firstThen('run-again', STOP), () => good),
    one('a result is lost, people stop', id, { [id]: 'unknown' }, STOP, () => 'stopped'),
  ];
}

/** Who needs the outputs of a step whose result was lost: they are lost with it, and those steps can't begin. */
export function strandedBy(id: StepId, items: readonly PlannedStep[]): readonly StepId[] {
  return items.filter((item) => item.id !== id && item.skip === undefined && askedOf(id, [item]).length > 0).map((item) => item.id);
}

/** The run goes on to its good end, unless a later item needs what was lost: then it is held, and people take it from there. */
function itHappened({ id }: PlannedStep, items: readonly PlannedStep[], good: EndWord): (played: Played) => EndWord {
  if (strandedBy(id, items).length === 0) return () => good;
  return ({ run: { progress } }) => {
    const outcome = progress.status === 'finished' ? progress.outcome : 'held';
    return outcome === 'undone' || outcome === 'undo-failed' ? outcome : 'failed';
  };
}

function firstThen(first: Choice, then: Script['choice']): Script['choice'] {
  return (about, nth, offered) => (offered.includes(first) ? first : then(about, nth, offered));
}
