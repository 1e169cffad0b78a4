import type { IncidentId, RunId, StreamId } from '../core/brand.ts';
import { pinFollowUp } from '../core/followup/schema.ts';
import type { Command, PersonAct } from '../core/incident/command.ts';
import { refuse } from '../core/incident/refusal.ts';
import { isOfKind } from '../core/kinds.ts';
import type { ActAnswer, Catalog, Clock, Ids, Operations, People, StartAnswer, StartOrder, Store } from '../core/ports.ts';
import { sayTrouble } from '../core/drill/trouble.ts';
import type { Readings } from '../core/reading/port.ts';
import { missingApprovers } from './approvers.ts';
import { readCriteria } from './criteria.ts';
import { dryRun } from './dry-run.ts';
import type { DryRunParts } from './dry-run.ts';
import { sayHeld } from './held.ts';
import type { Applied, Journal } from './journal.ts';
import { startOverDrills } from './making-way.ts';
import { pin, placesToLookAt } from './orders.ts';
import type { Pinned } from './orders.ts';
import type { ReleaseWatch } from './releases/watch.ts';

export type OperationsParts = DryRunParts & {
  readonly journal: Journal;
  readonly store: Store;
  readonly catalog: Catalog;
  readonly people: People;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The bot ends. */
  readonly bot: AbortSignal;
  readonly watch: Pick<ReleaseWatch, 'known' | 'look'>;
  readonly readings: Pick<Readings, 'now'>;
  /** Resolves when the key metrics of all that has ended are noted, or after a while. */
  readonly metricsNoted: (stream: StreamId) => Promise<void>;
};

/** What people can have done. Every room that listens to people goes through here. */
export function createOperations(parts: OperationsParts): Operations {
  const { journal, store, catalog, watch } = parts;
  async function pinNow(order: StartOrder): Promise<ReturnType<typeof pin>> {
    await catalog.refresh();
    await Promise.all(placesToLookAt(catalog, order).map(async (place) => await watch.look(place)));
    return pin(catalog, order, watch.known);
  }
  return {
    async start(order) {
      const pinned = await pinNow(order);
      if ('mistakes' in pinned) return { status: 'refused', ...pinned };
      const lacking = await missingApprovers(parts.people, pinned.procedure, order.by.id);
      return lacking.length > 0 ? { status: 'refused', mistakes: lacking } : await start(parts, order, pinned);
    },
    examine(order) {
      const pinned = pin(catalog, order, watch.known);
      return 'mistakes' in pinned ? pinned.mistakes : [];
    },
    async dryRun(order) {
      const pinned = await pinNow(order);
      return 'mistakes' in pinned ? { status: 'refused', ...pinned } : { status: 'shown', dryRun: await dryRun(parts, pinned) };
    },
    async act(act, where) {
      const stream = where?.stream ?? (await streamFor(store, act));
      if (stream === null) return { status: 'refused', ...refuse(act.kind === 'stop-run' ? 'no-such-run' : 'no-longer-asked'), stream };
      return answer(await journal.apply(stream, act.kind === 'close-incident' ? await checked(parts, stream, act) : act), stream);
    },
    async note(stream, act) {
      await journal.apply(stream, act);
    },
    onChange: (listener) =>
      journal.onChange((stream) => {
        if (isOfKind(stream, 'incident')) listener(stream);
      }),
  };
}

/** Nobody closes without the checklist, whichever way they come; and what is read at the end of a run is waited for. */
async function checked(parts: OperationsParts, stream: StreamId, act: Closing): Promise<Closing> {
  const criteria = await readCriteria(parts, stream, act.answers ?? {}, act.by.name);
  await parts.metricsNoted(stream);
  const followUps = parts.catalog.settings()['follow-ups'];
  return { ...act, criteria, ...(followUps && { followUps: followUps.map(pinFollowUp) }) };
}

type Closing = Extract<PersonAct, { kind: 'close-incident' }>;

async function streamFor(store: Store, act: PersonAct): Promise<StreamId | null> {
  if ('token' in act) return ofIncident(await store.streamOf({ token: act.token }));
  return act.kind === 'stop-run' ? await store.streamOf({ run: act.run }) : null;
}

/** A button of something else is nobody's to press here. */
function ofIncident(stream: StreamId<string> | null): StreamId | null {
  return stream !== null && isOfKind(stream, 'incident') ? stream : null;
}

function answer(applied: Applied, stream: StreamId): ActAnswer {
  if (applied.status === 'done') {
    const says = applied.facts.flatMap((fact) => (fact.type === 'drill-trouble' ? (sayTrouble(fact) ?? []) : []));
    return { status: 'done', stream, ...(says.length > 0 && { says: says.join(' ') }) };
  }
  return applied.status === 'refused'
    ? { status: 'refused', ...applied.refusal, stream }
    : { status: 'refused', ...refuse('claim-held'), stream };
}

/** Puts the run into the incident that is named, or into the channel's open one, else opens one; the claims are taken in the same append. */
async function start(parts: OperationsParts, order: StartOrder, pinned: Pinned): Promise<StartAnswer> {
  const { journal, store, ids } = parts;
  const run = ids.short() as RunId;
  const { by, roles, reason } = order;
  const { why: _, ...all } = pinned;
  const begin: Command = { kind: 'start-run', run, ...all, by, roles, reason };
  const existing = order.within ?? (order.channel === null ? null : await openIncidentOf(journal, store, order.channel));
  const incident = ids.short() as IncidentId;
  const stream = existing ?? (`incident/${incident}` as StreamId);
  const title = `${pinned.procedure.title} on ${pinned.target.name}`;
  const open: Command = { kind: 'open-incident', incident, title, by, drill: false, home: order.channel };
  const wanted = { procedure: pinned.procedure.id, target: pinned.target.name, by, isProtected: pinned.target.protected };
  const { applied, madeWay } = await startOverDrills(parts, wanted, [{ stream, commands: existing ? [begin] : [open, begin] }]);
  if (applied.status === 'done') return { status: 'started', stream, run, ...(madeWay.length > 0 && { madeWay }) };
  const says = applied.status === 'refused' ? applied.refusal.says : await sayHeld(parts, applied);
  return { status: 'refused', mistakes: [{ part: 'claim', name: null, says }] };
}

async function openIncidentOf(journal: Journal, store: Store, channel: string): Promise<StreamId | null> {
  const stream = await store.streamOf({ channel });
  if (stream === null) return null;
  const { state } = await journal.load(stream);
  return state.status === 'open' ? stream : null;
}
