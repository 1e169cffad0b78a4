import type { ReadSource } from '../core/reading/port.ts';
import { createRedactor } from '../core/redaction.ts';
import type { Redactor } from '../core/redaction.ts';
import type { Clock, Log, StepAnswer, StepRequest, StepWatch } from '../core/ports.ts';
import { act } from './act.ts';
import type { DeedContext } from './context.ts';
import { createDeadline } from './deadline.ts';
import type { Deadline } from './deadline.ts';
import { Ended, reasonIn, unknown } from './deed.ts';
import type { Deed } from './deed.ts';
import { secretsInEnv } from './known-secrets.ts';
import { pollUntil } from './poll.ts';
import { answerOf, tidyAnswer } from './probe.ts';
import type { Question } from './probe.ts';
import { createRevealer } from './reveal.ts';
import type { Revealer } from './reveal.ts';
import { createStepOutput } from './step-output.ts';
import type { StepOutput } from './step-output.ts';

export type StepsParts = {
  readonly clock: Clock;
  readonly log: Log;
  /** A folder that is this room's alone and outlives the bot: worktrees of runs, and the backups that undo needs. */
  readonly scratch: string;
  /** How long a process has between being asked to end and being killed. */
  readonly graceMs: number;
  /** Reads a metric whose secrets are filled in. */
  readonly readMetric: ReadSource;
};

/** Everything about one step while it is performed. */
type Performance = {
  readonly request: StepRequest;
  readonly watch: StepWatch;
  readonly parts: StepsParts;
  readonly question: Question;
  readonly redactor: Redactor;
  readonly output: StepOutput;
};

/** Performs one step from its secrets to its answer. */
export async function perform(request: StepRequest, watch: StepWatch, parts: StepsParts): Promise<StepAnswer> {
  const revealer = createRevealer(request.target);
  const asked = await questionOf(request, revealer);
  const redactor = createRedactor([
    ...revealer.secrets(),
    ...secretsInEnv(request.target.env),
    ...((await request.target.hidden?.()) ?? []),
  ]);
  if ('status' in asked) return tidyAnswer(asked, redactor);
  const output = createStepOutput({ redactor, emit: (text) => watch.onOutput(text) });
  const answer = await ask({ request, watch, parts, question: asked, redactor, output });
  output.end();
  return answer;
}

async function questionOf(
  { action, expect, effect, outputs }: StepRequest,
  revealer: Revealer,
): Promise<Question | Extract<Deed, { status: 'failed' }>> {
  try {
    return { action: await revealer.action(action), expect: expect && (await revealer.expect(expect)), effect, outputs };
  } catch (error) {
    if (error instanceof Ended && error.deed.status === 'failed') return error.deed;
    throw error;
  }
}

async function ask(performance: Performance): Promise<StepAnswer> {
  const { request, watch, parts, question, redactor, output } = performance;
  const { poll, effect, timeoutMs } = request;
  const once = async (ms: number): Promise<StepAnswer> => answerOf(await actOnce(performance, ms), question, redactor);
  if (!poll) return await once(timeoutMs);
  return await pollUntil({ poll, effect, timeoutMs, clock: parts.clock, signal: watch.signal, ask: once, say: (line) => output.say(line) });
}

async function actOnce(performance: Performance, ms: number): Promise<Deed> {
  const { request, watch, parts, question } = performance;
  const deadline = createDeadline({ clock: parts.clock, signal: watch.signal, ms });
  try {
    if (deadline.signal.aborted) return deadline.deed();
    return await act(question.action, contextOf(performance, deadline));
  } catch (error) {
    if (error instanceof Ended) return error.deed;
    const { run, step, attempt } = request;
    parts.log.error({ run, step, attempt, error: performance.redactor.redact(reasonIn(error)) }, 'step broke off');
    return unknown('unclear', `Rollbot itself broke off, so nobody knows how far it came: ${reasonIn(error)}`);
  } finally {
    deadline.release();
  }
}

/** The processes of a poll are many and short, so they are not put on record. */
function contextOf({ request, watch, parts, output }: Performance, deadline: Deadline): DeedContext {
  const { run, step, attempt, effect, target, poll } = request;
  const onProcess: DeedContext['onProcess'] = async (group) => (poll ? undefined : await watch.onProcess(group));
  const { clock, graceMs, readMetric, scratch } = parts;
  return { run, step, attempt, effect, env: target.env, clock, graceMs, readMetric, scratch, deadline, output, onProcess };
}
