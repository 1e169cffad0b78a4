import type { RoleId, StreamId, TokenId } from '../../src/core/brand.ts';
import { isOfKind } from '../../src/core/kinds.ts';
import type { Clock, Store } from '../../src/core/ports.ts';
import type { TriggerCommand } from '../../src/core/trigger/command.ts';
import { decide } from '../../src/core/trigger/decide.ts';
import type { TriggerFact } from '../../src/core/trigger/event.ts';
import type { TriggerAnswer, Triggers } from '../../src/core/trigger/port.ts';
import { refuse } from '../../src/core/trigger/refusal.ts';
import { streamOf } from '../../src/core/trigger/rule.ts';
import { watchOf } from '../../src/core/trigger/state.ts';
import type { Stage } from '../core/trigger/scenes.ts';
import { RUN, STREAM } from './story.ts';

const ALLOWED = ['devops-engineer' as RoleId];

/** The rules of triggers on a real journal, without anybody who reads numbers or starts runs. */
export type TriggerDesk = {
  readonly triggers: Triggers;
  /** Makes true what has happened on a stage since the last time. */
  follows(stage: Stage): Promise<void>;
  /** What may be offered from now on. */
  procedure: string | null;
};

export function createTriggerDesk({ store, clock }: { readonly store: Store; readonly clock: Pick<Clock, 'now'> }): TriggerDesk {
  const listeners = new Set<(stream: StreamId<'trigger'>) => void>();
  const told = new Map<Stage, number>();

  async function append(stream: StreamId<'trigger'>, facts: readonly TriggerFact[]): Promise<void> {
    const { seq } = await store.load(stream);
    const result = await store.append([{ stream, expectedSeq: seq, facts }], {}, clock.now());
    if (result.status !== 'ok') throw new Error(`The facts were not taken (${result.status}).`);
    for (const listener of listeners) listener(stream);
  }

  async function say(token: TokenId, command: TriggerCommand, says: string): Promise<TriggerAnswer> {
    const stream: StreamId<string> | null = await store.streamOf({ token });
    if (stream === null || !isOfKind(stream, 'trigger')) return { status: 'refused', says: refuse('no-watch').says };
    const decision = decide((await store.load(stream)).state, command, clock.now());
    if ('refusal' in decision) return { status: 'refused', says: decision.says };
    if (decision.length > 0) await append(stream, decision);
    return { status: 'done', says, incident: command.kind === 'start-now' ? STREAM : null };
  }

  const desk: TriggerDesk = {
    procedure: 'cache',
    async follows(stage) {
      const facts = stage.facts.slice(told.get(stage) ?? 0);
      told.set(stage, stage.facts.length);
      await append(streamOf(stage.rule), facts);
    },
    triggers: {
      list: async () =>
        await Promise.all(
          [...told.keys()].map(async ({ rule }) => ({
            rule,
            state: (await store.load(streamOf(rule))).state,
            normal: { baseline: null, unknown: null },
          })),
        ),
      async find(token) {
        const stream: StreamId<string> | null = await store.streamOf({ token });
        const watch = stream !== null && isOfKind(stream, 'trigger') ? watchOf((await store.load(stream)).state) : null;
        return watch && { watch, procedure: desk.procedure };
      },
      startNow: async (token, acting) =>
        await say(
          token,
          { kind: 'start-now', run: RUN, procedure: desk.procedure ?? '', allowed: ALLOWED, ...acting },
          `Started (run ${RUN}).`,
        ),
      veto: async (token, acting) => await say(token, { kind: 'veto', token, reason: null, allowed: ALLOWED, ...acting }, 'It is stopped.'),
      callOff: async (token, acting) =>
        await say(token, { kind: 'call-off', reason: null, allowed: ALLOWED, ...acting }, 'It is called off.'),
      watch: async () => await Promise.resolve({ status: 'done', says: 'It is watched now.', incident: null }),
      report: async ({ event, target, says }) =>
        await Promise.resolve({ status: 'done', says: `${event} on ${target}: ${says}`, incident: null }),
      noteShown: async (token) => void (await say(token, { kind: 'note-shown', token }, '')),
      onChange(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
  return desk;
}
