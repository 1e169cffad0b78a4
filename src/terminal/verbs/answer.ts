import { z } from 'zod';
import type { PersonAct } from '../../core/incident/command.ts';
import type { Acting } from '../../core/incident/command.ts';
import type { Waiting } from '../../core/incident/waiting.ts';
import { waitingFor } from '../incidents.ts';
import { done, refused } from '../reply.ts';
import { waitingLine } from '../say/waiting.ts';
import { inTerminal } from '../say/words.ts';
import { verb } from '../verb.ts';

const Answer = z.object({ of: z.string().nullable(), says: z.string(), note: z.string().nullable() });

/** Answers what a run waits for: a question, a step of which nobody knows whether it happened, or a run that is held. */
export const ANSWER = verb(Answer, async (acting, { of, says, note }, desk) => {
  const all = (await waitingFor(desk, of)).filter(({ waiting }) => waiting.kind !== 'approval');
  const fitting = all.flatMap(({ waiting }) => {
    const act = actOf(waiting, says, note, acting);
    return act ? [{ waiting, act }] : [];
  });
  const [only, ...more] = fitting;
  if (!only)
    return refused(
      'words',
      all.length === 0
        ? ['Nothing waits for an answer there.']
        : [`"${says}" is no answer to it.`, ...all.map(({ waiting }) => waitingLine(waiting))],
    );
  if (more.length > 0)
    return refused('words', [
      'Several things wait for such an answer. Say which one:',
      ...fitting.map(({ waiting }) => waitingLine(waiting)),
    ]);
  const answer = await desk.operations.act(only.act);
  const { run, step } = only.waiting;
  return answer.status === 'done'
    ? done([`Answered ${says}: ${step.plan.title}.`], { run: run.id, step: step.plan.id, says })
    : refused('rules', [inTerminal(answer.says)]);
});

const SETTLED = ['happened', 'run-again', 'stop'] as const;

/** What an answer does to what waits; null where it is none to that. */
function actOf(waiting: Waiting, says: string, note: string | null, acting: Acting): PersonAct | null {
  const { token, kind } = waiting;
  switch (kind) {
    case 'question':
      return says === 'yes' || says === 'no' ? { kind: 'answer', token, answer: says, note, ...acting } : null;
    case 'unknown': {
      if (says === 'kill') return { kind: 'kill-orphan', token, ...acting };
      const as = SETTLED.find((each) => each === says);
      return as ? { kind: 'settle', token, as, ...acting } : null;
    }
    case 'held': {
      const choice = waiting.choices.find((each) => each === says);
      return choice ? { kind: 'continue', token, choice, ...acting } : null;
    }
    case 'approval':
      return null;
    default:
      return kind satisfies never;
  }
}
