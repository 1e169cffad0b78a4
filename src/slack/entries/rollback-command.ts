import type { RunId, StreamId } from '../../core/brand.ts';
import { runOf } from '../../core/incident/state.ts';
import type { IncidentState } from '../../core/incident/state.ts';
import { JournalBroken } from '../../core/journal-broken.ts';
import { parseOrderText } from '../../core/procedure/order.ts';
import { COMMANDS } from '../actions.ts';
import { helpCard, listCard, sentence, statusCard } from '../cards/replies.ts';
import { runCard } from '../cards/run-card.ts';
import type { Incident } from '../cards/incident-card.ts';
import { literal } from '../cards/text.ts';
import { drillCommand } from './drills.ts';
import { listAlerts } from './alerts.ts';
import type { Desk, Entry, Visit } from './entry.ts';
import { showStats } from './stats-command.ts';
import { carryOut } from './ordering.ts';
import { listReleases, sayOfRelease } from './releases-command.ts';
import { report } from './report-command.ts';
import { listTriggers } from './triggers.ts';
import { fillStartForm, START_TITLE } from './start-form.ts';

/** `/rollback`: a form, a start, or a question. */
export const ROLLBACK: Entry = {
  kind: 'command',
  id: COMMANDS.rollback,
  resume: 'again',
  opens: ({ text }) => (text === '' ? START_TITLE : null),
  handle: async (visit, desk) => {
    const [word = '', ...rest] = visit.incoming.text.split(/\s+/);
    const command = word.toLowerCase();
    switch (command) {
      case '':
        return await fillStartForm(visit, desk);
      case 'help':
      case '?':
        return await visit.tell(helpCard());
      case 'list':
        await desk.catalog.refresh();
        return await visit.tell(listCard(desk.catalog));
      case 'status':
        return await status(visit, desk);
      case 'show':
        return await show(visit, desk, rest[0] ?? '');
      case 'stop':
        return await stop(visit, desk, rest);
      case 'releases':
        return await listReleases(visit, desk, rest.join(' '));
      case 'drill':
        return await drillCommand(visit, desk, rest);
      case 'stats':
        return await showStats(visit, desk);
      case 'triggers':
        return await listTriggers(visit, desk);
      case 'alerts':
        return await listAlerts(visit, desk);
      case 'report':
        return await report(visit, desk, rest);
      case 'good':
      case 'doubt':
      case 'hold':
      case 'unhold':
        return await sayOfRelease(visit, desk, command, rest.join(' '));
      default:
        return await order(visit, desk);
    }
  },
};

/** Every open incident, newest first; of one whose journal is broken only the sentence that says so. */
export async function openIncidents({
  store,
}: Pick<Desk, 'store'>): Promise<{ incidents: readonly Incident[]; broken: readonly string[] }> {
  const streams = await store.streams({ limit: 50 });
  const read = await Promise.all(streams.map(async (stream) => await stateOrFault(store, stream)));
  return {
    incidents: read.filter((each) => typeof each !== 'string').filter((state): state is Incident => state.status === 'open'),
    broken: read.filter((each) => typeof each === 'string'),
  };
}

async function stateOrFault(store: Desk['store'], stream: StreamId): Promise<IncidentState | string> {
  try {
    return (await store.load(stream)).state;
  } catch (error) {
    if (error instanceof JournalBroken) return error.message;
    throw error;
  }
}

async function status(visit: Visit, desk: Desk): Promise<void> {
  await visit.tell(statusCard({ ...(await openIncidents(desk)), claims: await desk.store.claims(), now: desk.clock.now() }));
}

async function show(visit: Visit, desk: Desk, id: string): Promise<void> {
  if (id === '') return await visit.tell(sentence('Say which run: `/rollback show <run>`. `/rollback status` lists them.'));
  const run = id as RunId;
  const stream = await desk.store.streamOf({ run });
  const state = stream === null ? null : (await desk.store.load(stream)).state;
  const found = state === null || state.status === 'none' ? undefined : runOf(state, run);
  if (!found || state === null || state.status === 'none') {
    return await visit.tell(sentence(`There is no run ${literal(id)}. \`/rollback status\` lists the runs there are.`));
  }
  await visit.tell(runCard({ run: found, now: desk.clock.now(), settings: desk.catalog.settings(), drill: state.drill, told: [] }));
}

async function stop(visit: Visit, desk: Desk, [id = '', ...words]: readonly string[]): Promise<void> {
  if (id === '') return await visit.tell(sentence('Say which run: `/rollback stop <run> [reason]`. `/rollback status` lists them.'));
  const reason = words.length > 0 ? words.join(' ') : null;
  const answer = await desk.operations.act({ kind: 'stop-run', run: id as RunId, reason, ...visit.acting });
  await visit.tell(sentence(answer.status === 'done' ? `Run ${id} is being stopped.` : answer.says));
}

async function order(visit: Visit, desk: Desk): Promise<void> {
  const { catalog } = desk;
  await catalog.refresh();
  const known = { procedures: catalog.procedures(), settings: catalog.settings(), mistakes: catalog.mistakes() };
  const read = parseOrderText(visit.incoming.text, known);
  if ('mistake' in read) return await visit.tell(sentence(read.mistake));
  const { procedure, target, params, reason, dryRun } = read;
  const { channel } = visit.incoming;
  await carryOut(visit, desk, { procedure, target, params, reason, channel, ...visit.acting }, { dryRun });
}
