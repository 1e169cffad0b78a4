import { z } from 'zod';
import type { StreamId } from '../../../core/brand.ts';
import { addressed } from '../../../core/page/chain.ts';
import { incidentNamed, openIncidents } from '../../incidents.ts';
import { done, refused } from '../../reply.ts';
import type { Reply } from '../../reply.ts';
import { taskData, taskLines, taskText } from '../../say/vendor.ts';
import { inTerminal } from '../../say/words.ts';
import { taskNamed } from '../../tasks.ts';
import { verb } from '../../verb.ts';
import type { Desk } from '../../verb.ts';

/** `incident`: `any` is the open one, where there is only one and it is no drill; `none` is none. */
const Ask = z.object({ to: z.string(), summary: z.string(), incident: z.union([z.object({ of: z.string() }), z.enum(['any', 'none'])]) });

/** Calls somebody, or makes it somebody's task to ask a vendor. */
export const PAGE = verb(Ask, async (acting, { to, summary, incident: wanted }, desk) => {
  const about = await aboutWhat(desk, wanted);
  if ('says' in about) return refused('words', [about.says]);
  if (desk.vendors.has(to)) return await askVendor(desk, { vendor: to, why: summary, incident: about.stream, ...acting });
  const answer = await desk.pages.page({ to, summary, incident: about.stream, ...acting });
  if (answer.status === 'refused') {
    const { roles, contacts } = addressed(desk.catalog.settings(), [to]);
    const sense = roles.length + contacts.length > 0 && summary !== '';
    return refused(sense ? 'rules' : 'words', [inTerminal(answer.says)]);
  }
  return done([answer.says, ...about.lines], { page: answer.stream.slice('page/'.length), incident: about.name });
});

async function askVendor(desk: Desk, asked: Parameters<Desk['vendors']['ask']>[0]): Promise<Reply> {
  if (asked.incident === null)
    return refused('words', [
      'What is said to a vendor is about an incident. Say which one: --incident <id>. `rollbot status` lists those that are open.',
    ]);
  const answer = await desk.vendors.ask(asked);
  if (answer.status === 'refused') return refused('rules', [inTerminal(answer.says)]);
  const task = await taskNamed(desk, asked.vendor, asked.incident.slice('incident/'.length));
  if (!task || 'says' in task) return done([inTerminal(answer.says)], { vendor: asked.vendor });
  return done([inTerminal(answer.says), ...taskLines(task), ...taskText(task)], taskData(task));
}

type About = { readonly stream: StreamId | null; readonly name: string | null; readonly lines: readonly string[] };

/** A page of a drill calls only who has signed up, so nobody gets into one without saying so. */
async function aboutWhat(desk: Desk, wanted: z.infer<typeof Ask>['incident']): Promise<About | { readonly says: string }> {
  if (typeof wanted !== 'string') {
    const found = await incidentNamed(desk, wanted.of);
    if ('says' in found) return found;
    const { incident } = found.incident;
    if (found.incident.status !== 'open')
      return { says: `The incident ${incident} is closed. \`rollbot status\` lists those that are open.` };
    return { stream: found.stream, name: incident, lines: [] };
  }
  if (wanted === 'none') return { stream: null, name: null, lines: [] };
  const open = (await openIncidents(desk)).found.filter(({ incident }) => !incident.drill);
  const [only, ...more] = open;
  if (!only) return { stream: null, name: null, lines: [] };
  if (more.length > 0) {
    const names = open.map(({ incident }) => incident.incident).join(', ');
    return {
      stream: null,
      name: null,
      lines: [`It belongs to no incident. ${names} are open: --incident <id> says which one it is about.`],
    };
  }
  const { incident, title } = only.incident;
  return { stream: only.stream, name: incident, lines: [`It belongs to the incident ${incident} (${title}).`] };
}
