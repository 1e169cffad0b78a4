import type { StreamId } from '../brand.ts';
import { didYouMean, sayList } from '../procedure/nearest.ts';
import type { Settings, Target } from '../settings.ts';

/** One deployable on one target. */
export type Place = { readonly target: string; readonly deployable: string };
/** Why there is no such place, and which part of it is wrong. */
export type NoPlace = { readonly wrong: 'target' | 'deployable'; readonly says: string };

/** Names the stream of a deployable on a target. */
export function streamOf({ target, deployable }: Place): StreamId<'component'> {
  return `component/${target}/${deployable}` as StreamId<'component'>;
}

/** The deployable and the target that somebody means, or a sentence with the nearest names; the default target where none is said. */
export function findPlace(settings: Settings, typed: { readonly deployable: string; readonly target: string | null }): Place | NoPlace {
  const found = findTarget(settings, typed.target);
  if ('says' in found) return found;
  const { name, target } = found;
  const known = deployablesOf(target);
  if (known.includes(typed.deployable)) return { target: name, deployable: typed.deployable };
  const hint =
    known.length === 0 ? 'rollbot.yml names none there yet.' : `There ${known.length === 1 ? 'is' : 'are'} ${sayList(known, 'and')}.`;
  return {
    wrong: 'deployable',
    says: `There is no deployable "${typed.deployable}" on ${name}.${didYouMean(typed.deployable, known)} ${hint}`,
  };
}

/** The target that somebody means; the default one where none is said. */
export function findTarget(settings: Settings, typed: string | null): { readonly name: string; readonly target: Target } | NoPlace {
  const names = Object.keys(settings.targets);
  const name = typed ?? names.find((each) => settings.targets[each]?.default);
  const target = name !== undefined && Object.hasOwn(settings.targets, name) ? settings.targets[name] : undefined;
  if (name !== undefined && target) return { name, target };
  const says = `There is no target "${name}".${didYouMean(name ?? '', names)} The targets are ${sayList(names, 'and')}.`;
  return { wrong: 'target', says };
}

/** What is deployed on a target, as far as `rollbot.yml` says: watched, or with a last good version set by hand. */
export function deployablesOf(target: Target): readonly string[] {
  return [...new Set([...Object.keys(target.deployables ?? {}), ...Object.keys(target['last-good'] ?? {})])];
}
