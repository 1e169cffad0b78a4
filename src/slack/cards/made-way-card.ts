import type { Run } from '../../core/incident/state.ts';
import { mayHaveActed } from '../../core/incident/undo.ts';
import { card, context, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { safe } from './text.ts';
import { moment, who } from './words.ts';

/** Says in the channel of a drill that it has ended for something in earnest, to whoever had started it first. */
export function madeWayCard({ startedBy, target, steps }: Run, { by, wanted, at }: NonNullable<Run['madeWay']>): Card {
  const called = startedBy.kind === 'person' ? `<@${startedBy.id}> ` : '';
  const lead = `${called}:octagonal_sign: *This drill makes way.* ${who(by)} starts ${safe(wanted.procedure, 60)} on ${safe(wanted.target, 60)} in earnest, and that changes what the drill holds.`;
  const left = steps.some(mayHaveActed)
    ? `Nothing new begins here, and nothing is taken back: look at ${safe(target.name, 60)} when there is time.`
    : 'Nothing begins here, and nothing had been changed.';
  return card({ text: `${lead} ${left}`, top: [section(`${lead}\n${left}`), context(moment(at))] });
}
