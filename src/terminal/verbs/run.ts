import { z } from 'zod';
import type { RunId } from '../../core/brand.ts';
import { sayMadeWay } from '../../core/drill/made-way.ts';
import type { OrderMistake, StartOrder } from '../../core/ports.ts';
import { incidentNamed } from '../incidents.ts';
import { done, refused } from '../reply.ts';
import type { Reply } from '../reply.ts';
import { dryRunLines } from '../say/dry-run.ts';
import { inTerminal } from '../say/words.ts';
import { verb } from '../verb.ts';

const Order = z.object({
  procedure: z.string(),
  target: z.string().nullable(),
  params: z.record(z.string(), z.string()),
  reason: z.string().nullable(),
  incident: z.string().nullable().default(null),
});

/** Starts a procedure, in the open incident that is named, else in one of its own. */
export const START = verb(Order, async (acting, order, desk) => {
  const found = order.incident === null ? null : await incidentNamed(desk, order.incident);
  if (found && 'says' in found) return refused('words', [found.says]);
  const answer = await desk.operations.start({ ...orderOf(order, acting), ...(found && { within: found.stream }) });
  if (answer.status === 'refused') return mistakes(order.procedure, answer.mistakes);
  const { run, stream, madeWay } = answer;
  const incident = stream.slice('incident/'.length);
  return done([`Run ${run} of ${order.procedure} has started, in the incident ${incident}.${sayMadeWay(madeWay)}`], {
    run,
    incident,
    ...(madeWay && { madeWay }),
  });
});

/** Shows what a procedure would do: reads are performed, and nothing else. */
export const DRY_RUN = verb(Order, async (acting, order, { operations }) => {
  const answer = await operations.dryRun(orderOf(order, acting));
  if (answer.status === 'refused') return mistakes(order.procedure, answer.mistakes);
  const { procedure, target, params, items } = answer.dryRun;
  const data = items.map(({ step, digest, says, holds }) => ({ step: step.id, title: step.title, phase: step.phase, digest, says, holds }));
  return done(dryRunLines(answer.dryRun), { procedure, target, params, items: data });
});

/** Stops a run: nothing new begins, and what acts at this moment is killed and becomes unknown. */
export const STOP = verb(z.object({ run: z.string(), reason: z.string().nullable() }), async (acting, { run, reason }, { operations }) => {
  const answer = await operations.act({ kind: 'stop-run', run: run as RunId, reason, ...acting });
  return answer.status === 'done' ? done([`Run ${run} is being stopped.`], { run }) : refused('rules', [inTerminal(answer.says)]);
});

function orderOf({ procedure, target, params, reason }: z.infer<typeof Order>, acting: Pick<StartOrder, 'by' | 'roles'>): StartOrder {
  return { procedure, target, params, reason, ...acting, channel: null };
}

function mistakes(procedure: string, all: readonly OrderMistake[]): Reply {
  const words = all.some(({ part }) => part === 'procedure' || part === 'target' || part === 'params');
  const lines = all.map(({ says }) => inTerminal(says));
  return refused(
    words ? 'words' : 'rules',
    lines.length === 1 ? lines : [`${procedure} was not started:`, ...lines.map((line) => `- ${line}`)],
  );
}
