import { z } from 'zod';
import type { PageAnswer, WhichPage } from '../../../core/page/port.ts';
import type { VendorAnswer } from '../../../core/vendor/port.ts';
import type { VendorTask } from '../../../core/vendor/state.ts';
import { done, refused } from '../../reply.ts';
import type { Reply } from '../../reply.ts';
import { inTerminal } from '../../say/words.ts';
import { taskNamed } from '../../tasks.ts';
import { verb } from '../../verb.ts';
import type { Desk } from '../../verb.ts';

const Which = z.object({ page: z.string().nullable(), incident: z.string().nullable() });

/** Says that somebody has a page, or takes the task of asking a vendor. */
export const PAGE_ACK = verb(Which, async (acting, { page, incident }, desk) => {
  const task = await taskMeant(desk, page, incident);
  if (task) return await onTask(task, async ({ token }) => await desk.vendors.take(token, acting));
  return answered(await desk.pages.acknowledge(which(page), acting, 'command'));
});

/** Calls the next ones without waiting. */
export const PAGE_ESCALATE = verb(Which, async (acting, { page }, desk) => answered(await desk.pages.escalate(which(page), acting)));

/** Says that what a page was about is done, or that a vendor was asked. */
export const PAGE_DONE = verb(Which, async (acting, { page, incident }, desk) => {
  const task = await taskMeant(desk, page, incident);
  if (task) return await onTask(task, async ({ token }) => await desk.vendors.finish(token, acting));
  return answered(await desk.pages.end(which(page), acting));
});

const Mail = z.object({ vendor: z.string(), incident: z.string().nullable(), token: z.string() });

/** Sends a vendor exactly what was shown. */
export const PAGE_MAIL = verb(Mail, async (acting, { vendor, incident, token }, desk) => {
  const task = await taskNamed(desk, vendor, incident);
  if (!task || 'says' in task || task.token !== token)
    return refused('words', [`This is not what was shown any more. Look at it again with \`rollbot page mail ${vendor}\`.`]);
  return await onTask(task, async () => await desk.vendors.sendMail(task.token, acting));
});

function which(page: string | null): WhichPage {
  return page === null ? { mine: true } : { page };
}

function answered(answer: PageAnswer): Reply {
  if (answer.status === 'refused') return refused('rules', [inTerminal(answer.says)]);
  return done([answer.says], { page: answer.stream.slice('page/'.length) });
}

async function taskMeant(desk: Desk, name: string | null, incident: string | null): ReturnType<typeof taskNamed> {
  return name === null ? null : await taskNamed(desk, name, incident);
}

async function onTask(
  task: NonNullable<Awaited<ReturnType<typeof taskNamed>>>,
  act: (task: VendorTask) => Promise<VendorAnswer>,
): Promise<Reply> {
  if ('says' in task) return refused('words', [task.says]);
  const answer = await act(task);
  if (answer.status === 'refused') return refused('rules', [inTerminal(answer.says)]);
  return done([answer.says], { vendor: task.vendor.name, incident: task.incident });
}
