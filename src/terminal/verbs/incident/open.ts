import { z } from 'zod';
import { severityNamed } from '../../../core/incident/severities.ts';
import { done, refused } from '../../reply.ts';
import { inTerminal } from '../../say/words.ts';
import { verb } from '../../verb.ts';

const Opening = z.object({ title: z.string(), severity: z.string().nullable() });

/** Opens an incident by hand; its channel follows when Slack answers. */
export const OPEN = verb(Opening, async (acting, { title, severity: typed }, desk) => {
  const severity = typed?.toLowerCase() ?? null;
  const named = severity === null ? null : severityNamed(desk.catalog.settings(), severity);
  if (named && 'says' in named) return refused('words', [named.says]);
  const answer = await desk.incidents.open({ title, severity, channel: null, ...acting });
  if (answer.status === 'refused') return refused('rules', [inTerminal(answer.says)]);
  const incident = answer.stream.slice('incident/'.length);
  return done([`The incident ${incident} is open. What is to run in it starts with \`rollbot run <procedure> --incident ${incident}\`.`], {
    incident,
  });
});
