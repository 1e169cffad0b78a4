import type { ReleaseAct } from '../../core/component/command.ts';
import { whyNotDeploy } from '../../core/component/may-deploy.ts';
import { deployablesOf, findPlace, findTarget, streamOf } from '../../core/component/place.ts';
import type { NoPlace, Place } from '../../core/component/place.ts';
import type { ReleaseAnswer, ReleaseEntry, ReleaseWord, Releases } from '../../core/component/port.ts';
import { goodVersion } from '../../core/procedure/last-good.ts';
import type { Catalog, Store } from '../../core/ports.ts';
import { commandersOf } from '../../core/settings.ts';
import type { Applied, Journal } from '../journal.ts';
import type { ReleaseWatch } from './watch.ts';

export type ReleasesParts = {
  readonly catalog: Catalog;
  readonly store: Store;
  readonly journal: Journal;
  readonly watch: Pick<ReleaseWatch, 'known'>;
};

/** What can be asked and said about releases. Names are looked up here, and everything else is for the rules. */
export function createReleases({ catalog, store, journal, watch }: ReleasesParts): Releases {
  return {
    async list({ deployable, target }) {
      const settings = catalog.settings();
      const places = placesAsked(catalog, deployable, target);
      if ('says' in places) return places;
      const all: ReleaseEntry[] = [];
      for (const place of places) all.push({ ...place, state: (await store.load(streamOf(place))).state });
      return all.length > 0 || deployable !== null ? all : { says: noneYet(Object.keys(settings.targets)) };
    },
    async say(asked, word, acting) {
      const place = findPlace(catalog.settings(), asked);
      if ('says' in place) return refusal(place);
      const commanders = commandersOf(catalog.settings());
      const act: ReleaseAct = { ...word, ...acting, commanders };
      return answer(await journal.apply(streamOf(place), act), SAID[word.kind](place, word));
    },
    async mayDeploy(asked, version) {
      const place = findPlace(catalog.settings(), asked);
      if ('says' in place) return refusal(place);
      const { state, readOnly } = await store.load(streamOf(place));
      if (readOnly !== null)
        return { status: 'refused', why: 'rules', says: 'A newer Rollbot wrote what is known of it. Upgrade this one.' };
      const says = whyNotDeploy(state, version, place);
      return says === null ? { status: 'done', says: 'It may be deployed.' } : { status: 'refused', why: 'rules', says };
    },
    async noteDeployed(asked, version) {
      const place = findPlace(catalog.settings(), asked);
      if ('says' in place) return refusal(place);
      return answer(await journal.apply(streamOf(place), { kind: 'note-deployed', version }), 'It is noted.');
    },
    lastGood(asked) {
      const found = findTarget(catalog.settings(), asked.target);
      if ('says' in found) return found;
      return goodVersion(asked.deployable, found, watch.known({ target: found.name, deployable: asked.deployable }));
    },
  };
}

function placesAsked(catalog: Catalog, deployable: string | null, target: string | null): readonly Place[] | { readonly says: string } {
  const settings = catalog.settings();
  if (target === null && deployable !== null) {
    const all = everyPlace(catalog).filter((place) => place.deployable === deployable);
    return all.length > 0 ? all : findOne(findPlace(settings, { deployable, target }));
  }
  if (deployable !== null) return findOne(findPlace(settings, { deployable, target }));
  if (target === null) return everyPlace(catalog);
  const found = findTarget(settings, target);
  return 'says' in found ? found : deployablesOf(found.target).map((each) => ({ target: found.name, deployable: each }));
}

function findOne(found: Place | NoPlace): readonly Place[] | NoPlace {
  return 'says' in found ? found : [found];
}

function everyPlace(catalog: Catalog): readonly Place[] {
  const targets = Object.entries(catalog.settings().targets);
  return targets.flatMap(([target, settings]) => deployablesOf(settings).map((deployable) => ({ target, deployable })));
}

function noneYet(targets: readonly string[]): string {
  return `rollbot.yml names no deployables yet. List them under targets: ${targets[0] ?? '<target>'}: deployables, and Rollbot sees what runs.`;
}

function refusal({ wrong, says }: NoPlace): ReleaseAnswer {
  return { status: 'refused', why: wrong, says };
}

function answer(applied: Applied<'component'>, says: string): ReleaseAnswer {
  if (applied.status === 'done') return { status: 'done', says };
  return { status: 'refused', why: 'rules', says: applied.status === 'refused' ? applied.refusal.says : `${applied.key} is held.` };
}

const SAID: Readonly<Record<ReleaseWord['kind'], (place: Place, word: ReleaseWord) => string>> = {
  'call-good': ({ target, deployable }, { version }) => `${deployable} ${version} counts as good on ${target} from now on.`,
  'call-bad': ({ target, deployable }, { version }) => `${deployable} ${version} is doubted on ${target}, and no rollback goes back to it.`,
  hold: ({ target, deployable }) =>
    `${deployable} is held on ${target}: who asks before deploying is told no. Lift it with \`/rollback unhold ${deployable} ${target}\`.`,
  unhold: ({ target, deployable }) => `${deployable} is no longer held on ${target}.`,
};
