import type { IncidentId, Instant, PersonId, RunId, StreamId } from '../../core/brand.ts';
import type { Acting } from '../../core/incident/command.ts';
import type { Actor } from '../../core/incident/event.ts';
import type { TriggerCommand } from '../../core/trigger/command.ts';
import type { PinnedRule } from '../../core/trigger/rule.ts';
import { streamOf } from '../../core/trigger/rule.ts';
import type { Catalog, Ids, People, StartOrder } from '../../core/ports.ts';
import { missingApprovers } from '../approvers.ts';
import type { Applied, Journal } from '../journal.ts';
import { pin } from '../orders.ts';
import type { KnownAt } from '../orders.ts';
import type { Kind } from '../../core/kinds.ts';
import { startersOf } from '../../core/settings.ts';

export type StartParts = {
  readonly catalog: Catalog;
  readonly journal: Pick<Journal, 'applyTo'>;
  readonly people: People;
  readonly ids: Ids;
  readonly known: KnownAt;
};

type Wanted = {
  readonly rule: PinnedRule;
  readonly procedure: string;
  readonly says: string;
  /** When its watch began. */
  readonly beganAt: Instant;
};

export type Started =
  | { readonly status: 'started'; readonly incident: StreamId; readonly run: RunId }
  | { readonly status: 'refused'; readonly says: string };

/** Stands for nobody, so that everybody counts who could approve. */
const NOBODY = '' as PersonId;

/**
 * Opens an incident and starts what a rule offers, in one append with the word of its trigger: whoever wins it has started the
 * run, and there is no other. `acting` is the person who wants it, or null where it starts by itself.
 */
export async function startFor(
  parts: StartParts,
  { rule, procedure, says, beganAt }: Wanted,
  acting: Acting | null,
  word: (run: RunId) => TriggerCommand,
): Promise<Started> {
  const by: Actor = acting?.by ?? { kind: 'rollbot' };
  const roles = acting?.roles ?? startersOf(parts.catalog.settings(), procedure);
  const reason = `${rule.title}: ${says}`.slice(0, 300);
  const order = { procedure, target: rule.target, params: {}, reason, channel: null, roles, by: by as StartOrder['by'] };
  const pinned = pin(parts.catalog, order, parts.known);
  if ('mistakes' in pinned) return refused(pinned.mistakes.map((mistake) => mistake.says));
  const lacking = await missingApprovers(parts.people, pinned.procedure, by.kind === 'person' ? by.id : NOBODY);
  if (lacking.length > 0) return refused(lacking.map((mistake) => mistake.says));
  const run = parts.ids.short() as RunId;
  const incident = parts.ids.short() as IncidentId;
  const stream = `incident/${incident}` as StreamId;
  const { why: _, ...all } = pinned;
  const home = parts.catalog.settings().alerts?.channel ?? null;
  const title = `${pinned.procedure.title} on ${rule.target}`;
  const applied = await parts.journal.applyTo([
    { stream: streamOf(rule), commands: [word(run)] },
    {
      stream,
      commands: [
        { kind: 'open-incident', incident, title, by, drill: false, home, beganAt },
        { kind: 'start-run', run, ...all, by, roles, reason },
      ],
    },
  ]);
  return applied.status === 'done' ? { status: 'started', incident: stream, run } : refused([sayNo(applied)]);
}

function refused(says: readonly string[]): Started {
  return { status: 'refused', says: says.join(' ') };
}

function sayNo(applied: Exclude<Applied<Kind>, { status: 'done' }>): string {
  return applied.status === 'refused' ? applied.refusal.says : `${applied.key} is held by run ${applied.by}.`;
}
