import { parseDuration } from '../../core/duration.ts';
import { writes } from '../../core/procedure/effect.ts';
import { didYouMean } from '../../core/procedure/nearest.ts';
import { actionOf } from '../../core/procedure/normal-action.ts';
import { parseText, writeReference } from '../../core/reference.ts';
import type { Reference } from '../../core/reference.ts';
import type { Deployable, Target } from '../../core/settings.ts';
import type { Finding, Path } from '../finding.ts';
import { exactlyOne, PROBES } from './one-action.ts';
import { placeOf } from './reference-places.ts';
import { textsIn } from './references.ts';

/** A deployable is watched by readings of its target: each does one thing, changes nothing, and refers to what is there. */
export function deployableMistakes(target: Target, path: Path): readonly Finding[] {
  return Object.entries(target.deployables ?? {}).flatMap(([name, deployable]) =>
    mistakesOf(deployable, target, [...path, 'deployables', name]),
  );
}

function mistakesOf(deployable: Deployable, target: Target, path: Path): readonly Finding[] {
  const probes = (['version', 'healthy'] as const).flatMap((key) => {
    const probe = deployable[key];
    if (!probe) return [];
    const one = exactlyOne(probe, [...path, key], PROBES);
    return one.length > 0 ? one : [...written(probe, [...path, key]), ...references(probe, [...path, key], target)];
  });
  return [...probes, ...times(deployable, path)];
}

function written(probe: NonNullable<Deployable['healthy']>, path: Path): readonly Finding[] {
  return writes(actionOf(probe)) === 'yes' ? [{ path, says: 'This changes something, and a reading must not; expected a question.' }] : [];
}

/** Without a health there is nothing that could be healthy for long enough. */
function times({ healthy, every, 'good-after': goodAfter }: Deployable, path: Path): readonly Finding[] {
  if (goodAfter === undefined) return [];
  if (!healthy)
    return [
      { path: [...path, 'good-after'], on: 'key', says: '"good-after" needs to know what healthy means; expected "healthy" beside it.' },
    ];
  const everyMs = parseDuration(every ?? '1m') ?? 0;
  return (parseDuration(goodAfter) ?? 0) < everyMs
    ? [
        {
          path: [...path, 'good-after'],
          says: `Found ${goodAfter}, which is shorter than ${every ?? '1m'}; expected at least as long as "every".`,
        },
      ]
    : [];
}

function references(probe: NonNullable<Deployable['healthy']>, path: Path, target: Target): readonly Finding[] {
  return [...textsIn(probe, [])].flatMap(({ path: inside, text }) => {
    const at = [...path, ...inside];
    const place = placeOf(['preflight', 0, ...inside]);
    const pieces = parseText(text);
    if ('mistake' in pieces) return place ? [{ path: at, says: pieces.mistake }] : [];
    return pieces.flatMap((piece) => {
      if (typeof piece === 'string') return [];
      const says = place
        ? misplaced(piece, target, place.secrets)
        : `Found ${writeReference(piece)}, and references are not filled in here; expected plain text.`;
      return says === undefined ? [] : [{ path: at, says }];
    });
  });
}

function misplaced(reference: Reference, target: Target, secrets: boolean): string | undefined {
  const [name = ''] = reference.path;
  const found = `Found ${writeReference(reference)}`;
  if (reference.scope !== 'target' && reference.scope !== 'secrets') {
    return `${found}; expected \${target.<name>} or \${secrets.<name>}: no run is going on here.`;
  }
  if (reference.scope === 'secrets' && !secrets)
    return `${found}; expected a secret only in a header, JSON, a Redis url or the environment of a script.`;
  const known = Object.keys((reference.scope === 'target' ? target.vars : target.secrets) ?? {});
  if (known.includes(name)) return undefined;
  return `There is no ${reference.scope === 'target' ? 'variable' : 'secret'} "${name}".${didYouMean(name, known)} Expected one of this target's.`;
}
