import type { RunId, StreamId, TokenId } from '../../core/brand.ts';
import { sayMadeWay } from '../../core/drill/made-way.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Store } from '../../core/ports.ts';
import type { Triggers } from '../../core/trigger/port.ts';
import { refuse } from '../../core/trigger/refusal.ts';
import { rulesOf, streamOf } from '../../core/trigger/rule.ts';
import { watchOf } from '../../core/trigger/state.ts';
import type { Watch } from '../../core/trigger/state.ts';
import type { TriggerCommand } from '../../core/trigger/command.ts';
import type { Journal } from '../journal.ts';
import { readable } from '../readable.ts';
import { offeredBy } from './offer.ts';
import { reportByPerson } from './reports.ts';
import type { ReportParts } from './reports.ts';
import { startFor } from './start.ts';
import type { StartParts } from '../incident-start.ts';
import { startersOf } from '../../core/settings.ts';
import { watchFor } from './wanted.ts';
import type { WantedParts } from './wanted.ts';

export type TriggersParts = StartParts & ReportParts & WantedParts & { readonly journal: Journal; readonly store: Store };

/** What people can do about triggers. Who may is for the rules to say. */
export function createTriggers(parts: TriggersParts): Triggers {
  const { journal, catalog, known } = parts;
  const settings = () => catalog.settings();

  async function command(token: TokenId, make: (watch: Watch) => TriggerCommand, says: string) {
    const found = await watchBy(parts, token);
    if (!found) return { status: 'refused', says: refuse('no-watch').says } as const;
    const applied = await journal.apply(found.stream, make(found.watch));
    if (applied.status === 'done') return { status: 'done', says, incident: null } as const;
    return { status: 'refused', says: applied.status === 'refused' ? applied.refusal.says : `${applied.key} is held.` } as const;
  }

  const allowedFor = (watch: Watch) => startersOf(settings(), offeredBy(settings(), watch, known));

  return {
    async list() {
      return await Promise.all(
        rulesOf(settings()).map(async (rule) => {
          const state = (await readable(journal, streamOf(rule))) ?? ({ status: 'none' } as const);
          return { rule, state, normal: parts.baselines.of(rule) };
        }),
      );
    },
    async find(token) {
      const found = await watchBy(parts, token);
      return found && { watch: found.watch, procedure: offeredBy(settings(), found.watch, known) };
    },
    async startNow(token, acting) {
      const found = await watchBy(parts, token);
      if (!found) return { status: 'refused', says: refuse('no-watch').says };
      const { rule, judgement, beganAt } = found.watch;
      const procedure = offeredBy(settings(), found.watch, known);
      if (procedure === null) {
        return { status: 'refused', says: 'Nobody knows what was changed last. Start with `/rollback <procedure>`.' };
      }
      const allowed = allowedFor(found.watch);
      const within = await containingIncident(parts, found.watch);
      const word = (run: RunId, incident: StreamId) => ({ kind: 'start-now', run, incident, procedure, allowed, ...acting }) as const;
      const started = await startFor(parts, { rule, procedure, says: judgement?.says ?? '', beganAt, within }, acting, word);
      if (started.status === 'refused') return started;
      return {
        status: 'done',
        says: `Started ${procedure} (run ${started.run}).${sayMadeWay(started.madeWay)}`,
        incident: started.incident,
      };
    },
    veto: async (token, acting) =>
      await command(
        token,
        (watch) => ({ kind: 'veto', token, reason: null, allowed: allowedFor(watch), ...acting }),
        'The countdown is stopped. Nothing starts by itself.',
      ),
    callOff: async (token, acting) =>
      await command(
        token,
        (watch) => ({ kind: 'call-off', reason: null, allowed: allowedFor(watch), ...acting }),
        'It is called off. It stays quiet until all is well again.',
      ),
    watch: async (token, acting) => await watchFor(parts, token, acting),
    report: async (report, acting) => await reportByPerson(parts, report, acting),
    async noteShown(token) {
      await command(token, () => ({ kind: 'note-shown', token }), '');
    },
    onChange: (listener) =>
      journal.onChange((stream) => {
        if (isOfKind(stream, 'trigger')) listener(stream);
      }),
  };
}

/** The watch that a button belongs to, while people are asked with that very button. */
async function watchBy(
  { store }: TriggersParts,
  token: TokenId,
): Promise<{ readonly stream: StreamId<'trigger'>; readonly watch: Watch } | null> {
  const stream: StreamId<string> | null = await store.streamOf({ token });
  if (stream === null || !isOfKind(stream, 'trigger')) return null;
  const watch = watchOf((await store.load(stream)).state);
  const isAsked = watch !== null && (watch.ask.is === 'proposed' || watch.ask.is === 'countdown') && watch.ask.token === token;
  return isAsked ? { stream, watch } : null;
}

/** What was reported and contained is one incident with what is restored after that, for as long as that one is open. */
async function containingIncident({ store }: TriggersParts, { contained }: Watch): Promise<StreamId | null> {
  if (contained === null || 'failed' in contained) return null;
  const stream = await store.streamOf({ run: contained.run });
  return stream !== null && (await store.load(stream)).state.status === 'open' ? stream : null;
}
