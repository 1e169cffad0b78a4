import { z } from 'zod';
import type { RunId } from '../../core/brand.ts';
import type { IncidentEvent } from '../../core/incident/event.ts';
import { due } from '../../core/incident/due.ts';
import { evolve, INITIAL } from '../../core/incident/evolve.ts';
import { runOf } from '../../core/incident/state.ts';
import { waitingOf } from '../../core/incident/waiting.ts';
import { sayEvent } from '../../core/report/timeline.ts';
import { noteShown, runNamed } from '../incidents.ts';
import { newsIn } from '../news.ts';
import { done, refused } from '../reply.ts';
import { runData, runLines } from '../say/run.ts';
import { waitingData, waitingLine } from '../say/waiting.ts';
import { utc } from '../say/words.ts';
import { verb } from '../verb.ts';

const Follow = z.object({ run: z.string(), after: z.int().min(0) });

/** What has happened to a run since an event: at once if there is anything, else as soon as there is, or after a while. */
export const FOLLOW = verb(Follow, async (acting, { run: id, after }, desk) => {
  const begun = await runNamed(desk, id);
  if (!begun) return refused('words', [`There is no run "${id}". \`rollbot status\` lists those of open incidents.`]);
  const over = begun.run.progress.status === 'finished';
  if (!over) await newsIn(desk, begun.stream, after, desk.operations);
  const stored = await desk.store.events(begun.stream);
  // What is said and what is waited for have to be of the same moment.
  const incident = stored.map(({ event }) => event).reduce(evolve, INITIAL);
  const run = runOf(incident, begun.run.id) ?? begun.run;
  const waiting = waitingOf(incident).filter((each) => each.run.id === id);
  await noteShown(
    desk,
    acting,
    waiting.map((each) => ({ stream: begun.stream, waiting: each })),
  );
  const fresh = stored.filter(({ seq, event }) => seq > after && isOf(event, run.id));
  const news = fresh.flatMap(({ event }) => {
    const says = sayEvent(event, incident);
    return says === null ? [] : [`${utc(event.at)} ${says}`];
  });
  const asks = fresh.some(({ event }) => 'token' in event) ? waiting.map(waitingLine) : [];
  return done([...runLines(run, desk.clock.now()), ...waiting.map(waitingLine)], {
    seq: stored.at(-1)?.seq ?? after,
    news: [...news, ...asks],
    run: runData(run),
    waiting: waiting.map(waitingData),
    acts: run.steps.some(({ state }) => state.status === 'intended') || due(incident, desk.clock.now()).length > 0,
  });
});

function isOf(event: IncidentEvent, run: RunId): boolean {
  return 'run' in event && event.run === run;
}
