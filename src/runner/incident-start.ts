import type { IncidentId, Instant, PersonId, RoleId, RunId, StreamId } from '../core/brand.ts';
import type { Practice } from '../core/drill/practice.ts';
import type { Acting } from '../core/incident/command.ts';
import type { Actor } from '../core/incident/event.ts';
import type { AnyChange } from '../core/kinds.ts';
import type { Catalog, Ids, People, StartOrder } from '../core/ports.ts';
import { startersOf } from '../core/settings.ts';
import { missingApprovers } from './approvers.ts';
import { sayHeld } from './held.ts';
import { startOverDrills } from './making-way.ts';
import type { MakingWayParts } from './making-way.ts';
import { pin } from './orders.ts';
import type { KnownAt } from './orders.ts';

export type StartParts = MakingWayParts & {
  readonly catalog: Catalog;
  readonly people: People;
  readonly ids: Ids;
  readonly known: KnownAt;
};

export type Started =
  | { readonly status: 'started'; readonly incident: StreamId; readonly run: RunId; readonly madeWay?: readonly RunId[] }
  | { readonly status: 'refused'; readonly says: string };

/** What is to be started, for what reason, and where people read of it. */
export type StartWish = {
  readonly procedure: string;
  readonly target: string;
  readonly params: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly home: string | null;
  /** When what it is about began, where a rule has seen that. */
  readonly beganAt?: Instant;
  /** An incident that is open already, in which it is started; a new one is opened where this is left out. */
  readonly within?: StreamId;
  /** What else is to be written with it, such as the alerts that it is about. */
  readonly alongside?: (incident: StreamId) => readonly AnyChange[];
  /** Makes the incident a drill. */
  readonly practice?: Practice;
};

/** Stands for nobody, so that everybody counts who could approve. */
const NOBODY = '' as PersonId;

/**
 * Opens an incident and starts a run in it, in one append with the word of whoever wants it: whoever wins it has started the run,
 * and there is no other. `acting` is the person who wants it, or null where it starts by itself.
 */
export async function startIncident(
  parts: StartParts,
  wish: StartWish,
  acting: Acting | null,
  word: (ids: { readonly incident: IncidentId; readonly run: RunId }) => AnyChange,
): Promise<Started> {
  const { procedure, target, params, reason, home, beganAt, within, alongside, practice } = wish;
  const by: Actor = acting?.by ?? { kind: 'rollbot' };
  const roles: readonly RoleId[] = acting?.roles ?? startersOf(parts.catalog.settings(), procedure);
  const order = { procedure, target, params, reason, channel: null, roles, by: by as StartOrder['by'] };
  const pinned = pin(parts.catalog, order, parts.known);
  if ('mistakes' in pinned) return refused(pinned.mistakes.map((mistake) => mistake.says));
  const lacking = await missingApprovers(parts.people, pinned.procedure, by.kind === 'person' ? by.id : NOBODY);
  if (lacking.length > 0) return refused(lacking.map((mistake) => mistake.says));
  const run = parts.ids.short() as RunId;
  const stream = within ?? (`incident/${parts.ids.short()}` as StreamId);
  const incident = stream.slice('incident/'.length) as IncidentId;
  const { why: _, ...all } = pinned;
  const title = `${pinned.procedure.title} on ${target}`;
  const open = {
    kind: 'open-incident',
    incident,
    title,
    by,
    drill: practice !== undefined,
    home,
    ...(beganAt !== undefined && { beganAt }),
    ...(practice && { practice }),
  } as const;
  const start = { kind: 'start-run', run, ...all, by, roles, reason } as const;
  const { applied, madeWay } = await startOverDrills(parts, { procedure, target, by, isProtected: pinned.target.protected }, [
    word({ incident, run }),
    { stream, commands: within ? [start] : [open, start] },
    ...(alongside?.(stream) ?? []),
  ]);
  if (applied.status === 'done') return { status: 'started', incident: stream, run, ...(madeWay.length > 0 && { madeWay }) };
  return refused([applied.status === 'refused' ? applied.refusal.says : await sayHeld(parts, applied)]);
}

function refused(says: readonly string[]): Started {
  return { status: 'refused', says: says.join(' ') };
}
