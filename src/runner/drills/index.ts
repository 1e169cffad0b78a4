import type { StreamId } from '../../core/brand.ts';
import { drillNamed, nameOf, streamOf } from '../../core/drill/drill.ts';
import type { PinnedDrill } from '../../core/drill/drill.ts';
import type { DrillCommand } from '../../core/drill/command.ts';
import type { DrillAnswer, Drills, WhichDrill } from '../../core/drill/port.ts';
import { refuse } from '../../core/drill/refusal.ts';
import { isNear } from '../../core/drill/state.ts';
import { isOfKind } from '../../core/kinds.ts';
import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import { commandersOf, startersOf } from '../../core/settings.ts';
import { readable } from '../readable.ts';
import { createKeeper } from './keeper.ts';
import type { KeeperParts } from './keeper.ts';
import { startDrill } from './start.ts';

/** What people can do about drills, and what happens of itself. Who may is for the rules to say. */
export type DrillOffice = { readonly drills: Drills; start(): Promise<void>; stop(): Promise<void> };

const NOT_KNOWN = { status: 'none' } as const;

/** Builds the office on a journal. */
export function createDrillOffice(parts: KeeperParts): DrillOffice {
  const keeper = createKeeper(parts);
  const { catalog, journal } = parts;
  const drills: Drills = {
    async list() {
      await catalog.refresh();
      const settings = catalog.settings();
      const all = Object.keys(settings.drills ?? {}).flatMap((name) => drillNamed(settings, name) ?? []);
      return await Promise.all(all.map(async (drill) => ({ drill, state: (await readable(journal, streamOf(drill.name))) ?? NOT_KNOWN })));
    },
    async start(which, acting) {
      const found = await find(parts, which);
      if ('says' in found) return found;
      const { drill, stream, token } = found;
      const { state } = await journal.load(stream);
      const planned = state.status === 'planned' && isNear(state.next, parts.clock.now()) ? state.next : null;
      const started = await startDrill(parts, { drill, planned }, acting, (ids) => ({ kind: 'start-now', token, ...ids, ...acting }));
      if (started.status === 'refused') return started;
      const says = `Started the drill (run ${started.run}). Its channel opens in a moment, and you are invited there.`;
      return { status: 'done', says, incident: started.incident };
    },
    async skip(which, reason, acting) {
      const settings = catalog.settings();
      return await tell(
        parts,
        which,
        ({ drill, token }) => {
          const allowed = [...new Set([...startersOf(settings, drill.procedure), ...commandersOf(settings)])];
          return { kind: 'skip', token, reason, allowed, ...acting };
        },
        'This time the drill is skipped. The next time is planned.',
      );
    },
    signUp: async (which, acting) =>
      await tell(parts, which, ({ token }) => ({ kind: 'sign-up', token, ...acting }), 'You have signed up for this drill.'),
    onChange: (listener) =>
      journal.onChange((stream) => {
        if (isOfKind(stream, 'drill')) listener(stream);
      }),
  };
  return { drills, start: async () => await keeper.start(), stop: async () => await keeper.stop() };
}

type Found = {
  readonly stream: StreamId<'drill'>;
  readonly drill: PinnedDrill;
  readonly token: Extract<DrillCommand, { kind: 'sign-up' }>['token'];
};
type Refused = Extract<DrillAnswer, { status: 'refused' }>;

async function tell(parts: KeeperParts, which: WhichDrill, make: (found: Found) => DrillCommand, says: string): Promise<DrillAnswer> {
  const found = await find(parts, which);
  if ('says' in found) return found;
  const applied = await parts.journal.apply(found.stream, make(found));
  if (applied.status === 'done') return { status: 'done', says, incident: null };
  return { status: 'refused', says: applied.status === 'refused' ? applied.refusal.says : `${applied.key} is held.` };
}

/** A button's token belongs to one time of one drill; a name has to stand in `rollbot.yml`. */
async function find({ catalog, store }: KeeperParts, which: WhichDrill): Promise<Found | Refused> {
  await catalog.refresh();
  const settings = catalog.settings();
  if ('name' in which) {
    const drill = drillNamed(settings, which.name);
    return drill ? { stream: streamOf(which.name), drill, token: null } : { status: 'refused', says: noDrill(which.name, settings.drills) };
  }
  const stream: StreamId<string> | null = await store.streamOf(which);
  const drill = stream !== null && isOfKind(stream, 'drill') ? drillNamed(settings, nameOf(stream)) : null;
  if (!drill) return { status: 'refused', says: refuse('no-longer-asked').says };
  return { stream: streamOf(drill.name), drill, token: which.token };
}

function noDrill(name: string, drills: object = {}): string {
  const names = Object.keys(drills);
  if (names.length === 0) return 'No drill is set up. Put one under "drills:" in rollbot.yml; docs/drills.md says how.';
  return `There is no drill "${name}".${didYouMean(name, names)} The drills are ${sayList(names, 'and')}.`;
}
