import { z } from 'zod';
import type { Answers, Criterion } from '../../../core/incident/criteria.ts';
import { unfinishedBusiness } from '../../../core/incident/decide-incident.ts';
import { didYouMean, sayList } from '../../../core/procedure/nearest.ts';
import { incidentNamed } from '../../incidents.ts';
import { done, refused } from '../../reply.ts';
import { verb } from '../../verb.ts';
import type { Desk } from '../../verb.ts';
import { actIn, actInNamed, leading } from './act.ts';

const Answer = z.object({ title: z.string(), says: z.enum(['yes', 'no']) });
const Checklist = z.object({ of: z.string().nullable(), answers: z.array(Answer).default([]) });
const Close = Checklist.extend({ reason: z.string().nullable() });

/** Closes an incident with what people answered about it; its report is written then. */
export const CLOSE = verb(Close, async (acting, { of, reason, answers: typed }, desk) => {
  const found = await incidentNamed(desk, of);
  if ('says' in found) return refused('words', [found.says]);
  const answers = answersTo(desk, typed);
  if ('says' in answers) return refused('words', [answers.says]);
  const { incident } = found.incident;
  const act = { kind: 'close-incident', reason, answers: answers.all, ...leading(acting, desk) } as const;
  return await actIn(desk, found, act, `The incident ${incident} is closed. Its report: rollbot report ${incident}`);
});

/** What closing it would ask: what is left open, what was read at this moment, and what only people know and nobody has answered. */
export const CLOSING = verb(Checklist, async ({ by }, { of, answers: typed }, desk) => {
  const found = await incidentNamed(desk, of);
  if ('says' in found) return refused('words', [found.says]);
  const answers = answersTo(desk, typed);
  if ('says' in answers) return refused('words', [answers.says]);
  const { stream, incident } = found;
  if (incident.status === 'closed') return refused('rules', [`The incident ${incident.incident} is closed already.`]);
  const criteria = await desk.incidents.criteria(stream, answers.all, by.name);
  const left = unfinishedBusiness(incident);
  const lines = [...left.map((each) => `✗ left open: ${each}`), ...criteria.map(criterionLine)];
  return done(lines.length === 0 ? ['Nothing speaks against closing it.'] : lines, {
    incident: incident.incident,
    left: [...left],
    criteria: criteria.map((each) => ({ ...each })),
    running: incident.runs.some(({ progress }) => progress.status !== 'finished'),
  });
});

/** Opens again what was closed too early. */
export const REOPEN = verb(z.object({ of: z.string(), reason: z.string() }), async (acting, { of, reason }, desk) => {
  return await actInNamed(desk, of, { kind: 'reopen-incident', reason, ...leading(acting, desk) }, 'The incident is open again.');
});

function criterionLine({ title, holds, says, by }: Criterion): string {
  const sign = holds === true ? '✓' : holds === false ? '✗' : '?';
  return `${sign} ${title}: ${by === 'person' && holds === null ? 'this is for people to say.' : says}`;
}

/** What was typed about criteria, by their own titles: an answer to something that nobody asks would be lost in silence. */
function answersTo(desk: Desk, typed: z.infer<typeof Checklist>['answers']): { readonly all: Answers } | { readonly says: string } {
  const titles = (desk.catalog.settings()['success-criteria'] ?? []).map(({ title }) => title);
  const all: Record<string, 'yes' | 'no'> = {};
  for (const { title, says } of typed) {
    const known = titles.find((each) => each.toLowerCase() === title.trim().toLowerCase());
    if (known === undefined) {
      const there =
        titles.length === 0
          ? 'rollbot.yml has no success-criteria.'
          : `There are ${sayList(
              titles.map((each) => `"${each}"`),
              'and',
            )}.`;
      return { says: `There is no criterion "${title}".${didYouMean(title, titles)} ${there}` };
    }
    if (Object.hasOwn(all, known) && all[known] !== says) return { says: `"${known}" is answered with yes and with no. Answer it once.` };
    all[known] = says;
  }
  return { all };
}
