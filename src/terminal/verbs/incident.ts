import { z } from 'zod';
import { renderReport, reportFileName, templateOf } from '../../core/report/index.ts';
import { commandersOf } from '../../core/settings.ts';
import { incidentNamed } from '../incidents.ts';
import { done, refused } from '../reply.ts';
import { inTerminal } from '../say/words.ts';
import { verb } from '../verb.ts';

/** Closes an incident; its report is written then. */
export const CLOSE = verb(z.object({ of: z.string().nullable(), reason: z.string().nullable() }), async (acting, { of, reason }, desk) => {
  const found = await incidentNamed(desk, of);
  if ('says' in found) return refused('words', [found.says]);
  const { stream, incident } = found;
  const commanders = commandersOf(desk.catalog.settings());
  const answer = await desk.operations.act({ kind: 'close-incident', reason, commanders, ...acting }, { stream });
  if (answer.status === 'refused') return refused('rules', [inTerminal(answer.says)]);
  return done([`The incident ${incident.incident} is closed. Its report: rollbot report ${incident.incident}`], {
    incident: incident.incident,
  });
});

/** The report of an incident as it stands; of a closed one it is what was written. */
export const REPORT = verb(z.object({ of: z.string().nullable() }), async (_acting, { of }, desk) => {
  const found = await incidentNamed(desk, of);
  if ('says' in found) return refused('words', [found.says]);
  const { stream, incident } = found;
  const events = (await desk.store.events(stream)).map(({ event }) => event);
  const { markdown: report } = renderReport(events, templateOf(events));
  const file = incident.report?.file ?? reportFileName(incident);
  return done(report.trimEnd().split('\n'), { incident: incident.incident, file, closed: incident.status === 'closed', report });
});
