import type { Instant, RunId, StreamId } from '../../core/brand.ts';
import type { Acting } from '../../core/incident/command.ts';
import type { Actor } from '../../core/incident/event.ts';
import type { AnyChange } from '../../core/kinds.ts';
import type { TriggerCommand } from '../../core/trigger/command.ts';
import type { PinnedRule } from '../../core/trigger/rule.ts';
import { streamOf } from '../../core/trigger/rule.ts';
import { groupsFor } from './groups.ts';
import type { GroupParts } from './groups.ts';
import { startIncident } from '../incident-start.ts';
import type { Started, StartParts } from '../incident-start.ts';

type Wanted = {
  readonly rule: PinnedRule;
  readonly procedure: string;
  readonly says: string;
  /** When its watch began. */
  readonly beganAt: Instant;
  /** The incident in which it is dealt with already. */
  readonly within?: StreamId | null;
};

/** Opens an incident and starts what a rule offers; `acting` is the person who wants it, or null where it starts by itself. */
export async function startFor(
  parts: StartParts & GroupParts,
  { rule, procedure, says, beganAt, within }: Wanted,
  acting: Acting | null,
  word: (run: RunId, incident: StreamId) => TriggerCommand,
): Promise<Started> {
  const reason = `${rule.title}: ${says}`.slice(0, 300);
  const home = parts.catalog.settings().alerts?.channel ?? null;
  const by: Actor = acting?.by ?? { kind: 'rollbot' };
  const groups = await groupsFor(parts, rule);
  const alongside = (incident: StreamId): readonly AnyChange[] =>
    groups.map((stream) => ({ stream, commands: [{ kind: 'join-by-rule', stream: incident, by }] }));
  const wish = { procedure, target: rule.target, params: {}, reason, home, beganAt, alongside, ...(within && { within }) };
  return await startIncident(parts, wish, acting, ({ run, incident }) => ({
    stream: streamOf(rule),
    commands: [word(run, `incident/${incident}` as StreamId)],
  }));
}
