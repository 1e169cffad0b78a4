import type { StreamId } from '../../core/brand.ts';
import type { Leading, PersonAct } from '../../core/incident/command.ts';
import { commandersOf } from '../../core/settings.ts';
import type { Incident } from '../cards/incident-card.ts';
import { sentence } from '../cards/replies.ts';
import type { Desk, Visit } from './entry.ts';

/** What is said where a channel has no incident. */
export const NONE_HERE =
  'No incident belongs to this channel. Type this in the channel of the incident; `/incident list` shows the open ones.';

export type Here = { readonly stream: StreamId; readonly incident: Incident };

/** The incident of the form or channel that this comes from, else the person is told that there is none. */
export async function incidentHere(visit: Visit, desk: Desk): Promise<Here | null> {
  const stream = await streamHere(visit, desk);
  const state = stream === null ? null : (await desk.store.load(stream)).state;
  if (stream !== null && state !== null && state.status !== 'none') return { stream, incident: state };
  await visit.tell(sentence(NONE_HERE));
  return null;
}

/** The stream of the incident that a form is about or that belongs to the channel; null where there is none. */
export async function streamHere({ incoming: { channel, view } }: Visit, { store }: Desk): Promise<StreamId | null> {
  const noted = view?.note.incident;
  if (noted !== undefined) return noted as StreamId;
  return channel === null ? null : await store.streamOf({ channel });
}

/** Who is asking, with the roles that may lead as configured now. */
export function leading({ acting }: Visit, { catalog }: Desk): Leading {
  return { ...acting, commanders: commandersOf(catalog.settings()) };
}

/** Has the rules decide about what somebody wants done here, and tells them; a refusal in its own words. */
export async function doHere(visit: Visit, desk: Desk, stream: StreamId, act: PersonAct, says: string): Promise<void> {
  const answer = await desk.operations.act(act, { stream });
  await visit.tell(sentence(answer.status === 'done' ? says : answer.says));
}
