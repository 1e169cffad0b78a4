import { judgeWithin } from '../core/expect.ts';
import type { Json } from '../core/digest.ts';
import type { StepAnswer, StepRequest } from '../core/ports.ts';
import type { Action, Expect } from '../core/procedure/action.ts';
import { writes } from '../core/procedure/effect.ts';
import type { Redactor } from '../core/redaction.ts';
import { createPlainText } from '../core/terminal-text.ts';
import { failed, unknown } from './deed.ts';
import type { Deed, Done } from './deed.ts';
import { readOutputs } from './outputs.ts';

/** What has been asked for, with its secrets filled in. */
export type Question = Pick<StepRequest, 'effect' | 'outputs'> & { readonly action: Action; readonly expect: Expect | undefined };

const OBSERVED_CHARS = 2000;
const SAYS_CHARS = 500;

/** Judges what an action did and observed by what was expected of it, once for all kinds. */
export function answerOf(deed: Deed, question: Question, redactor: Redactor): StepAnswer {
  return tidyAnswer(deed.status === 'done' ? judged(deed, question, redactor) : deed, redactor);
}

/** Makes an answer fit for the journal and for messages: redacted, on one line, of bounded size. */
export function tidyAnswer(answer: StepAnswer, redactor: Redactor): StepAnswer {
  const says = tidy(answer.says, redactor);
  return 'observed' in answer && answer.observed !== undefined
    ? { ...answer, says, observed: noted(answer.observed, redactor) }
    : { ...answer, says };
}

function judged(done: Done, question: Question, redactor: Redactor): StepAnswer {
  const { action, outputs: rules } = question;
  const expect = question.expect ?? usualExpect(action);
  const isNeeded = expect !== undefined || Object.keys(rules).length > 0 || (action.kind === 'http' && action.pointer !== undefined);
  if (done.unreadable !== undefined && isNeeded) return unreadable(`${done.says} ${done.unreadable}`, question);
  const observed = isNoted(done, question) ? { observed: done.value } : {};
  const verdict = expect === undefined ? null : judgeWithin(expect, done.value, done.json, (text) => redactor.redact(text));
  const says = verdict ? `${done.says} ${verdict.says}` : done.says;
  if (verdict && !verdict.holds) return { ...failed(says), ...observed };
  const read = readOutputs(rules, done);
  if ('mistake' in read) return { ...failed(`${done.says} ${read.mistake}`), ...observed };
  const secret = Object.entries(read.outputs).find(([, value]) => redactor.redact(value) !== value);
  if (secret)
    return { ...failed(`${done.says} The output "${secret[0]}" looks like a secret, and outputs are written down.`), ...observed };
  return { status: done.already ? 'already-done' : 'ok', says, outputs: read.outputs, ...observed };
}

/** A question that can only be answered with yes or no is meant to be answered with yes. */
function usualExpect(action: Action): Expect | undefined {
  return action.kind === 'git-same' ? { equals: true } : undefined;
}

/** Of something that may have changed the world, an answer that can't be read leaves it open whether it did. */
function unreadable(says: string, { action, effect }: Question): StepAnswer {
  const isRead = effect === 'read' || writes(action) === 'no';
  return isRead ? failed(says) : unknown('unclear', says);
}

/** What a program prints is its output; it counts as an observation where something was expected of it. */
function isNoted(done: Done, { action, expect }: Question): done is Done & { value: Json } {
  const isProgram = action.kind === 'run' || action.kind === 'shell';
  return done.value !== undefined && (!isProgram || expect !== undefined);
}

/** Small enough for the journal, without secrets. */
function noted(observed: Json, redactor: Redactor): Json {
  const safe = redactor.redactJson(observed);
  const text = typeof safe === 'string' ? safe : JSON.stringify(safe);
  return text.length <= OBSERVED_CHARS ? safe : `${text.slice(0, OBSERVED_CHARS)}…`;
}

/** One line, as it may stand in a message. */
function tidy(says: string, redactor: Redactor): string {
  const plain = createPlainText();
  const line = redactor.redact(plain.push(says) + plain.end()).replaceAll(/\s+/g, ' ');
  return line.length <= SAYS_CHARS ? line : `${line.slice(0, SAYS_CHARS)}…`;
}
