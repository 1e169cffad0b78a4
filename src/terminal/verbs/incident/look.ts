import { z } from 'zod';
import type { Instant } from '../../../core/brand.ts';
import { sayLeft, systemStatusOf } from '../../../core/incident/announcements.ts';
import { waitingOf } from '../../../core/incident/waiting.ts';
import type { NotedPage } from '../../../core/page/note.ts';
import { sayTo } from '../../../core/page/note.ts';
import { timelineOf } from '../../../core/report/timeline.ts';
import { changes, sayReading } from '../../../core/reading/key-reading.ts';
import type { Run } from '../../../core/incident/state.ts';
import { everyIncident, incidentNamed, noteShown, openIncidents } from '../../incidents.ts';
import { done, refused } from '../../reply.ts';
import { followUpData, followUpLine } from '../../say/follow-ups.ts';
import { incidentData, incidentHead, incidentLine, iso } from '../../say/incident.ts';
import { runData } from '../../say/run.ts';
import { waitingData, waitingLine } from '../../say/waiting.ts';
import { sayProgress, utc } from '../../say/words.ts';
import { verb } from '../../verb.ts';
import type { Desk } from '../../verb.ts';

/** More of a timeline is for the report. */
const LAST_LINES = 20;

/** The incidents that are open, newest first, or the last ones altogether. */
export const INCIDENTS = verb(z.object({ all: z.boolean() }), async (_acting, { all }, desk) => {
  const { found, broken } = all ? await everyIncident(desk) : await openIncidents(desk);
  const now = desk.clock.now();
  const none = all ? 'There was no incident yet.' : 'No incident is open. `rollbot incident open "<title>"` opens one.';
  const lines = [...found.map(({ incident }) => incidentLine(incident, now)), ...broken.map((says) => `✗ ${says}`)];
  return done(lines.length === 0 ? [none] : lines, { incidents: found.map(({ incident }) => incidentData(incident)), broken: [...broken] });
});

/** All that is known of one incident: how it stands, its runs with their key metrics, what waits, what happened, and what is left to be done. */
export const INCIDENT = verb(z.object({ of: z.string().nullable() }), async (acting, { of }, desk) => {
  const found = await incidentNamed(desk, of);
  if ('says' in found) return refused('words', [found.says]);
  const { stream, incident } = found;
  const events = (await desk.store.events(stream)).map(({ event }) => event);
  const timeline = timelineOf(events, incident);
  const waiting = waitingOf(incident);
  await noteShown(
    desk,
    acting,
    waiting.map((each) => ({ stream, waiting: each })),
  );
  const now = desk.clock.now();
  const earlier = timeline.length - LAST_LINES;
  const lines = [
    ...incidentHead(incident, now),
    ...statusLines(incident.runs),
    ...section('Left open when it was closed', incident.status === 'closed' ? incident.left : []),
    ...section(
      'Runs',
      incident.runs.flatMap((run) => runLines(run, desk)),
    ),
    ...section('Waits', waiting.map(waitingLine)),
    ...section(
      'Alerts',
      incident.record.alerts.map(({ title, over }) => `${title}: ${over ? 'quiet by now' : 'still firing'}`),
    ),
    ...section('Called', incident.pages.map(pageLine)),
    ...section('Timeline, in UTC', [
      ...(earlier > 0 ? [`… and ${earlier} lines before these: rollbot report ${incident.incident}`] : []),
      ...timeline.slice(-LAST_LINES).map(({ at, says }) => `${utc(at)} ${oneLine(says)}`),
    ]),
    ...section(
      'Follow-ups',
      incident.followUps.map((item) => followUpLine(incident.incident, item, now)),
    ),
  ];
  return done(lines, {
    ...incidentData(incident),
    runs: incident.runs.map((run) => ({ run: runData(run), metrics: metricsData(run, desk) })),
    waiting: waiting.map(waitingData),
    timeline: timeline.map(({ at, says }) => ({ at: iso(at), says })),
    followUps: incident.followUps.map((item) => followUpData(incident.incident, item)),
  });
});

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function statusLines(runs: readonly Run[]): readonly string[] {
  const system = systemStatusOf(runs);
  if (!system) return [];
  return [`  announced: ${system.status}, since ${utc(system.at)}${system.leftBy ? `. ${sayLeft(system.leftBy)}` : ''}`];
}

function runLines(run: Run, desk: Desk): readonly string[] {
  const metrics = changesOf(run, desk).map(({ title, before, now }) => `${title} ${sayReading(before)} → ${sayReading(now)}`);
  return [
    `${run.id}  ${run.procedure.id} on ${run.target.name}: ${sayProgress(run)}`,
    ...(metrics.length === 0 ? [] : [`  ${metrics.join(' · ')}`]),
  ];
}

/** As on the card of the run: before it, and after it or as it is now. */
function changesOf(run: Run, { metricsOf }: Pick<Desk, 'metricsOf'>) {
  const { before, after } = run.metrics;
  return changes(before ?? [], after ?? metricsOf(run)).filter((each) =>
    [each.before, each.now].some((reading) => reading && 'value' in reading),
  );
}

function metricsData(run: Run, desk: Desk) {
  const valueIn = (reading: ReturnType<typeof changesOf>[number]['now']): number | null =>
    reading && 'value' in reading ? reading.value : null;
  return changesOf(run, desk).map(({ title, before, now }) => ({ title, before: valueIn(before), now: valueIn(now) }));
}

function pageLine({ to, summary, openedAt, acknowledged, silentAt, closedAt }: NotedPage): string {
  const answer = acknowledged ? `${acknowledged.by} has it` : closedAt === null ? (silentAt === null ? 'nobody yet' : NOBODY) : 'nobody';
  return `${utc(openedAt satisfies Instant)} ${sayTo(to)}: ${oneLine(summary)} (${answer})`;
}

const NOBODY = 'nobody, after everybody was called';

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}
