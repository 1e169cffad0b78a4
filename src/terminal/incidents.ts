import type { RunId, StreamId } from '../core/brand.ts';
import type { Acting } from '../core/incident/command.ts';
import type { IncidentCore, IncidentState, Run } from '../core/incident/state.ts';
import { runOf } from '../core/incident/state.ts';
import { waitingOf } from '../core/incident/waiting.ts';
import type { Waiting } from '../core/incident/waiting.ts';
import { JournalBroken } from '../core/journal-broken.ts';
import type { Desk } from './verb.ts';

export type Incident = IncidentCore & Exclude<IncidentState, { status: 'none' }>;
export type Found = { readonly stream: StreamId; readonly incident: Incident };
/** Something that waits, and the stream in which it does. */
export type WaitingIn = { readonly stream: StreamId; readonly waiting: Waiting };

const MOST = 50;

type Many = { readonly found: readonly Found[]; readonly broken: readonly string[] };

/** Every open incident, newest first; of one whose journal is broken only the sentence that says so. */
export async function openIncidents({ store }: Pick<Desk, 'store'>): Promise<Many> {
  const { found, broken } = await load(store, await store.streams({ limit: MOST }));
  return { found: found.filter(({ incident }) => incident.status === 'open'), broken };
}

/** The last incidents, closed ones among them, newest first. */
export async function everyIncident({ store }: Pick<Desk, 'store'>): Promise<Many> {
  return await load(store, await store.streams({ includeClosed: true, limit: MOST }));
}

async function load(store: Desk['store'], streams: readonly StreamId[]): Promise<Many> {
  const found: Found[] = [];
  const broken: string[] = [];
  for (const stream of streams) {
    try {
      const { state } = await store.load(stream);
      if (state.status !== 'none') found.push({ stream, incident: state });
    } catch (error) {
      if (!(error instanceof JournalBroken)) throw error;
      broken.push(error.message);
    }
  }
  return { found, broken };
}

/** All that waits for a person and that somebody may mean by this: a run, `run/step`, a step, an incident, or anything at all. */
export async function waitingFor(desk: Pick<Desk, 'store'>, of: string | null): Promise<readonly WaitingIn[]> {
  const { found } = await openIncidents(desk);
  return found.flatMap(({ stream, incident }) =>
    waitingOf(incident)
      .filter((waiting) => of === null || namesOf(waiting, incident).includes(of))
      .map((waiting) => ({ stream, waiting })),
  );
}

function namesOf({ token, run, step }: Waiting, { incident }: Incident): readonly string[] {
  return [token, run.id, step.plan.id, `${run.id}/${step.plan.id}`, incident];
}

/** What somebody means by an incident's id, a run of it, or nothing where only one is open. */
export async function incidentNamed(desk: Pick<Desk, 'store'>, name: string | null): Promise<Found | { readonly says: string }> {
  if (name === null) {
    const { found } = await openIncidents(desk);
    const [only, ...more] = found;
    if (only && more.length === 0) return only;
    const open = found.map(({ incident }) => `${incident.incident} (${incident.title})`);
    return { says: only ? `Say which one: ${open.join(', ')} are open.` : 'No incident is open.' };
  }
  const stream = (await desk.store.streamOf({ run: name as RunId })) ?? (`incident/${name}` as StreamId);
  const { state } = await desk.store.load(stream);
  if (state.status === 'none')
    return { says: `There is no incident or run "${name}". \`rollbot incident list --all\` shows the last ones.` };
  return { stream, incident: state };
}

/** A run by its id. */
export async function runNamed(desk: Pick<Desk, 'store'>, id: string): Promise<(Found & { readonly run: Run }) | null> {
  const stream = await desk.store.streamOf({ run: id as RunId });
  const state = stream === null ? null : (await desk.store.load(stream)).state;
  const run = state === null ? undefined : runOf(state, id as RunId);
  return stream !== null && state !== null && state.status !== 'none' && run ? { stream, incident: state, run } : null;
}

/** An approval that was listed to anybody but who asked for the run counts as shown: its clock starts. */
export async function noteShown({ operations }: Desk, { by }: Acting, listed: readonly WaitingIn[]): Promise<void> {
  for (const { stream, waiting } of listed) {
    if (waiting.kind !== 'approval' || waiting.approval.shownAt !== null) continue;
    const { startedBy } = waiting.run;
    if (startedBy.kind === 'person' && startedBy.id === by.id) continue;
    await operations.note(stream, { kind: 'show-approval', token: waiting.token });
  }
}
