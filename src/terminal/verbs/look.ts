import { z } from 'zod';
import { sayDuration } from '../../core/duration.ts';
import { nameOf } from '../../core/incident/name-of.ts';
import { waitingOf } from '../../core/incident/waiting.ts';
import { incidentNamed, noteShown, openIncidents, runNamed, waitingFor } from '../incidents.ts';
import type { Found } from '../incidents.ts';
import { done, refused } from '../reply.ts';
import { runData, runLines } from '../say/run.ts';
import { approvalLines, waitingData, waitingLine } from '../say/waiting.ts';
import { sayProgress } from '../say/words.ts';
import { verb } from '../verb.ts';
import type { Desk } from '../verb.ts';

const Nothing = z.object({});

/** Every open incident with its runs and what they wait for, and who holds what. */
export const STATUS = verb(Nothing, async (acting, _params, desk) => {
  const { found, broken } = await openIncidents(desk);
  await noteShown(
    desk,
    acting,
    found.flatMap(({ stream, incident }) => waitingOf(incident).map((waiting) => ({ stream, waiting }))),
  );
  const claims = await desk.store.claims();
  const now = desk.clock.now();
  const head =
    found.length === 0
      ? 'Nothing is running, and no incident is open.'
      : found.length === 1
        ? 'One open incident'
        : `${found.length} open incidents`;
  const held = claims.map(({ key, holder, since }) => `${key} by run ${holder} since ${sayDuration(now - since)}`);
  const lines = [head, ...found.flatMap((each) => incidentLines(each, desk)), ...broken.map((says) => `✗ ${says}`)];
  return done(held.length > 0 ? [...lines, `Held: ${held.join(', ')}`] : lines, {
    incidents: found.map(({ incident }) => incidentData(incident)),
    broken: [...broken],
    claims: claims.map(({ key, holder, since }) => ({ key, run: holder, since: new Date(since).toISOString() })),
  });
});

/** The procedures, and what is wrong with those that can't be read. */
export const LIST = verb(Nothing, async (_acting, _params, { catalog }) => {
  const entries = catalog.procedures();
  const broken = catalog.mistakes().map(({ file, line, column, says }) => `${file}:${line}:${column}: ${says}`);
  const width = Math.max(0, ...entries.map(({ id }) => id.length));
  const lines = entries.map(({ id, procedure: { title, component, estimate, params = {} } }) => {
    const given = Object.keys(params).map((name) => ` ${name}=`);
    return `${id.padEnd(width)}  ${title} · ${component}${estimate === undefined ? '' : ` · ${estimate}`}${given.join('')}`;
  });
  const procedures = entries.map(({ id, procedure: { title, component, estimate = null, params = {} } }) => ({
    procedure: id,
    title,
    component,
    estimate,
    params: Object.keys(params),
  }));
  return await Promise.resolve(done([...lines, ...broken.map((says) => `✗ ${says}`)], { procedures, mistakes: broken }));
});

/** A run, or all runs of an incident, with each item and what is waited for. */
export const SHOW = verb(z.object({ of: z.string().nullable() }), async (acting, { of }, desk) => {
  const named = of === null ? null : await runNamed(desk, of);
  const found = named ?? (await incidentNamed(desk, of));
  if ('says' in found) return refused('words', [found.says]);
  const runs = named ? [named.run] : found.incident.runs;
  const waiting = waitingOf(found.incident).filter(({ run }) => runs.some(({ id }) => id === run.id));
  await noteShown(
    desk,
    acting,
    waiting.map((each) => ({ stream: found.stream, waiting: each })),
  );
  const lines = [...runs.flatMap((run) => runLines(run, desk.clock.now())), ...waiting.map(waitingLine)];
  return done(lines, { runs: runs.map(runData), waiting: waiting.map(waitingData) });
});

/** What waits for people, in full; of one run or step where it is named. */
export const WAITING = verb(z.object({ of: z.string().nullable() }), async (acting, { of }, desk) => {
  const all = await waitingFor(desk, of);
  await noteShown(desk, acting, all);
  const now = desk.clock.now();
  const lines = all.flatMap(({ waiting }) => (waiting.kind === 'approval' ? approvalLines(waiting, now) : [waitingLine(waiting)]));
  return done(lines, { waiting: all.map(({ waiting }) => waitingData(waiting)) });
});

function incidentLines({ incident }: Found, { clock }: Desk): readonly string[] {
  const channel = incident.channel ? ` · #${incident.channel.name}` : '';
  return [
    `${incident.incident}  ${incident.drill ? 'Drill: ' : ''}${incident.title} · open since ${sayDuration(clock.now() - incident.openedAt)}${channel}`,
    ...incident.runs.map(
      (run) => `  run ${run.id}  ${run.procedure.id} on ${run.target.name}, started by ${nameOf(run.startedBy)}: ${sayProgress(run)}`,
    ),
    ...waitingOf(incident).map((waiting) => `    ${waitingLine(waiting)}`),
  ];
}

function incidentData(incident: Found['incident']) {
  return {
    incident: incident.incident,
    title: incident.title,
    drill: incident.drill,
    openedAt: new Date(incident.openedAt).toISOString(),
    channel: incident.channel?.name ?? null,
    runs: incident.runs.map(runData),
    waiting: waitingOf(incident).map(waitingData),
  };
}
