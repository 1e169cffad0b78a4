import { z } from 'zod';
import { due } from '../../../core/page/due.ts';
import { streamOf } from '../../../core/page/state.ts';
import type { PageDelivery } from '../../../core/page/state.ts';
import { newsIn } from '../../news.ts';
import { done, refused } from '../../reply.ts';
import { pageLines, pageNews } from '../../say/page.ts';
import { pageData } from '../../say/page-data.ts';
import { taskData, taskLines, taskText } from '../../say/vendor.ts';
import { openTasks, taskNamed } from '../../tasks.ts';
import { verb } from '../../verb.ts';

/** The pages that are open, and the vendors that somebody still has to ask. */
export const PAGES = verb(z.object({}), async (_acting, _params, desk) => {
  const [pages, tasks] = [await desk.pages.list(), await openTasks(desk)];
  const now = desk.clock.now();
  const lines = [...pages.flatMap((page) => pageLines(page, now)), ...tasks.flatMap(taskLines)];
  return done(lines.length === 0 ? ['No page is open. `rollbot page <role> "<what is wanted>"` calls somebody.'] : lines, {
    pages: pages.map(pageData),
    vendors: tasks.map(taskData),
  });
});

/** How a page stands: at once if anything has happened to it since an event, else as soon as there is, or after a while. */
export const FOLLOW_PAGE = verb(z.object({ page: z.string(), after: z.int().min(0) }), async (_acting, { page, after }, desk) => {
  const stream = streamOf(page);
  await newsIn(desk, stream, after, desk.pages);
  const { state, seq } = await desk.store.load(stream);
  if (state.status === 'none') return refused('words', [`There is no page "${page}". \`rollbot page list\` shows those that are open.`]);
  // What comes in while this is read is for the next time: what is said has to be of the same moment.
  const stored = (await desk.store.events(stream)).filter((each) => each.seq <= seq);
  const now = desk.clock.now();
  return done(pageLines(state, now), {
    seq,
    news: pageNews(
      state,
      stored.filter((each) => each.seq > after).map(({ event }) => event),
    ),
    page: pageData(state),
    acts: due(state, now).length > 0 || state.deliveries.some(isUnderWay),
  });
});

/** What is to be said to a vendor. */
export const VENDOR_TASK = verb(
  z.object({ vendor: z.string(), incident: z.string().nullable() }),
  async (_acting, { vendor, incident }, desk) => {
    const task = await taskNamed(desk, vendor, incident);
    if (!task) return refused('words', [`Nobody has to ask "${vendor}". \`rollbot page list\` says who has to be asked.`]);
    if ('says' in task) return refused('words', [task.says]);
    return done([...taskLines(task), ...taskText(task)], taskData(task));
  },
);

function isUnderWay({ state }: PageDelivery): boolean {
  return state.status === 'intended';
}
