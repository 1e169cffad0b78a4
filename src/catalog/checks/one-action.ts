import { ACTION_KEYS } from '../../core/procedure/normal-action.ts';
import { sayList } from '../../core/procedure/nearest.ts';
import type { Procedure } from '../../core/procedure/schema.ts';
import type { Finding, Path } from '../finding.ts';

type Source = Readonly<Record<string, unknown>>;

/** What can only be asked. */
export const PROBES = ['run', 'shell', 'http', 'redis', 'sql', 'git'];
/** What a check of a procedure can ask. */
const QUESTIONS = [...PROBES, 'metric'];
const DEEDS = ACTION_KEYS.filter((key) => key !== 'wait');

/** Each step does exactly one thing; so do its check, its undo and what it waits for. Nothing else can be checked before this holds. */
export function oneAction({ preflight, steps, verify }: Procedure): readonly Finding[] {
  return [
    ...(preflight ?? []).flatMap((check, index) => exactlyOne(check, ['preflight', index], [...QUESTIONS, 'ask'])),
    ...steps.flatMap((step, index) => oneOfStep(step, ['steps', index])),
    ...verify.flatMap((check, index) => exactlyOne(check, ['verify', index], [...QUESTIONS, 'ask'])),
  ];
}

function oneOfStep(step: Procedure['steps'][number], path: Path): readonly Finding[] {
  const { wait, check, undo } = step;
  return [
    ...exactlyOne(step, path, [...ACTION_KEYS, 'procedure']),
    ...(wait ? exactlyOne(wait, [...path, 'wait'], QUESTIONS) : []),
    ...(check ? exactlyOne(check, [...path, 'check'], QUESTIONS) : []),
    ...(undo && !('none' in undo) ? exactlyOne(undo, [...path, 'undo'], DEEDS) : []),
  ];
}

/** Whether exactly one of these keys is there. */
export function exactlyOne(source: Source, path: Path, candidates: readonly string[]): readonly Finding[] {
  const given = Object.keys(source).filter((key) => candidates.includes(key));
  if (given.length === 1) return [];
  if (given.length === 0) return [{ path, says: `There is nothing to do here; expected one of ${sayList(candidates)}.` }];
  return [
    {
      path: [...path, given[1]!],
      on: 'key',
      says: `Found ${sayList(given, 'and')}; expected only one of them. Make the other a step of its own.`,
    },
  ];
}
