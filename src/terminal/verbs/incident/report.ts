import { z } from 'zod';
import { renderReport, reportFileName, templateOf } from '../../../core/report/index.ts';
import { incidentNamed } from '../../incidents.ts';
import { done, refused } from '../../reply.ts';
import { verb } from '../../verb.ts';
import { actIn, leading } from './act.ts';

const Which = z.object({ of: z.string().nullable() });

/** The report of an incident as it stands; of a closed one it is what was written. */
export const REPORT = verb(Which, async (_acting, { of }, desk) => {
  const found = await incidentNamed(desk, of);
  if ('says' in found) return refused('words', [found.says]);
  const { stream, incident } = found;
  const events = (await desk.store.events(stream)).map(({ event }) => event);
  const { markdown: report } = renderReport(events, templateOf(events));
  const file = incident.report?.file ?? reportFileName(incident);
  return done(report.trimEnd().split('\n'), { incident: incident.incident, file, closed: incident.status === 'closed', report });
});

/** What people found out so far, so that whoever adds to it knows. */
export const FOUND_OUT = verb(Which, async (_acting, { of }, desk) => {
  const found = await incidentNamed(desk, of);
  if ('says' in found) return refused('words', [found.says]);
  const { incident, record } = found.incident;
  const { rootCause, lessons, items } = record.writeUp;
  return done(
    [
      'Root cause',
      ...said(rootCause?.text),
      'Lessons learned',
      ...said(lessons?.text),
      'Action items',
      ...(items.length === 0 ? NOTHING_YET : items.map(({ title }) => `  - ${title}`)),
    ],
    { incident, rootCause: rootCause?.text ?? null, lessons: lessons?.text ?? null, items: items.map(({ title }) => title) },
  );
});

const WriteUp = Which.extend({ rootCause: z.string().nullable(), lessons: z.string().nullable(), items: z.array(z.string()) });

/** Keeps what people found out, also after the end; the report of a closed incident is written again with it. */
export const WRITE_UP = verb(WriteUp, async (acting, { of, rootCause, lessons, items: titles }, desk) => {
  const found = await incidentNamed(desk, of);
  if ('says' in found) return refused('words', [found.says]);
  const items = titles.map((title) => ({ title, owner: null }));
  const closed = found.incident.status === 'closed';
  const says = closed ? 'It is kept. The report is written again with it.' : 'It is kept for the report.';
  return await actIn(desk, found, { kind: 'write-up', rootCause, lessons, items, ...leading(acting, desk) }, says);
});

const NOTHING_YET = ['  (nothing yet)'];

function said(text: string | undefined): readonly string[] {
  return text === undefined ? NOTHING_YET : text.split('\n').map((line) => `  ${line}`);
}
