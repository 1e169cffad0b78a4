import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import { resolveParams, resolveTarget } from '../../core/procedure/order.ts';
import type { NamedTarget } from '../../core/procedure/order.ts';
import { withParams } from '../../core/procedure/plan.ts';
import type { PlannedStep } from '../../core/procedure/planned-step.ts';
import type { CatalogEntry } from '../../core/ports.ts';
import { cannotMakeUp, looksRight } from '../../core/rehearsal/made-up.ts';
import type { Rehearsal, Scenario, Turn } from '../../core/rehearsal/schema.ts';
import { fits } from '../../core/rehearsal/script.ts';
import { undoStep } from '../../core/incident/undo.ts';
import type { Settings } from '../../core/settings.ts';
import type { Finding, Path } from '../finding.ts';

type Subject = { readonly rehearsal: Rehearsal; readonly entry: CatalogEntry; readonly settings: Settings };

/** What a rehearsal says that its procedure, or rollbot.yml, does not have. */
export function rehearsalMistakes(subject: Subject): readonly Finding[] {
  const { rehearsal, entry, settings } = subject;
  const target = resolveTarget(settings, entry.id, rehearsal.target ?? null);
  if ('mistake' in target) return [{ path: ['target'], says: target.mistake.says }];
  const starter = starterMistakes(subject);
  const params = [
    ...paramMistakes(entry, target, rehearsal.params ?? {}, ['params']),
    ...Object.entries(rehearsal.scenarios).flatMap(([name, scenario]) => {
      const own = Object.keys(scenario.params ?? {});
      const mistakes = paramMistakes(entry, target, { ...rehearsal.params, ...scenario.params }, ['scenarios', name, 'params']);
      return mistakes.filter(({ path }) => own.includes(String(path.at(-1))));
    }),
  ];
  if (starter.length > 0 || params.length > 0) return [...starter, ...params];
  const everything = withUndos(entry.steps);
  return [
    ...outcomeMistakes(rehearsal.outcomes, everything, ['outcomes']),
    ...Object.entries(rehearsal.scenarios).flatMap(([name, scenario]) => {
      const resolved = resolveParams(entry.procedure, target, textsOf({ ...rehearsal.params, ...scenario.params }));
      const items = 'params' in resolved ? withUndos(withParams(entry.steps, resolved.params)) : everything;
      return scenarioMistakes(scenario, items, ['scenarios', name]);
    }),
    ...unmade(subject),
  ];
}

function starterMistakes({ rehearsal, entry, settings }: Subject): readonly Finding[] {
  const role = rehearsal['started-by'];
  const may = settings.start[entry.id] ?? settings.start['*'] ?? [];
  if (role === undefined || may.includes(role)) return [];
  return [{ path: ['started-by'], says: `${role} may not start ${entry.id}.${didYouMean(role, may)} Expected ${sayList(may)}.` }];
}

function paramMistakes(
  { procedure }: CatalogEntry,
  target: NamedTarget,
  params: NonNullable<Rehearsal['params']>,
  path: Path,
): readonly Finding[] {
  const resolved = resolveParams(procedure, target, textsOf(params));
  if ('params' in resolved) return [];
  return resolved.mistakes.map(({ name, says }) => ({ path: name === null ? path : [...path, name], says }));
}

function scenarioMistakes({ outcomes, decisions }: Scenario, items: readonly PlannedStep[], path: Path): readonly Finding[] {
  return [
    ...outcomeMistakes(outcomes, items, [...path, 'outcomes']),
    ...Object.keys(decisions ?? {}).flatMap((id) => {
      const says = itemMistake(id, items);
      return says === undefined ? [] : [{ path: [...path, 'decisions', id], on: 'key' as const, says }];
    }),
  ];
}

function outcomeMistakes(outcomes: Rehearsal['outcomes'], items: readonly PlannedStep[], path: Path): readonly Finding[] {
  return Object.entries(outcomes ?? {}).flatMap(([id, turns]) => {
    if (id === '*') return [];
    const says = itemMistake(id, items);
    if (says !== undefined) return [{ path: [...path, id], on: 'key' as const, says }];
    const item = items.find((each) => each.id === id)!;
    const list = Array.isArray(turns) ? turns : [turns];
    return list.flatMap((turn: Turn, index) => {
      const mistake = turnMistake(item, turn);
      return mistake === undefined ? [] : [{ path: Array.isArray(turns) ? [...path, id, index] : [...path, id], says: mistake }];
    });
  });
}

function itemMistake(id: string, items: readonly PlannedStep[]): string | undefined {
  const item = items.find((each) => each.id === id);
  const ids = items.map((each) => String(each.id));
  if (!item) return `There is no item "${id}".${didYouMean(id, ids)} Expected one of ${sayList(ids)}.`;
  return item.skip === undefined ? undefined : `"${id}" is left out with these parameters. ${item.skip}`;
}

function turnMistake(item: PlannedStep, turn: Turn): string | undefined {
  if (!fits(item, turn)) return `"${item.id}" can't go this way: ${sayNeeds(turn)}.`;
  if (typeof turn !== 'object' || !('outputs' in turn)) return undefined;
  const wrong = Object.entries(turn.outputs).find(([name, value]) => !looksRight(item, name, value));
  return wrong && `The output "${wrong[0]}" of "${item.id}" is "${wrong[1]}", which does not match /${item.outputs[wrong[0]]?.pattern}/.`;
}

function sayNeeds(turn: Turn): string {
  if (typeof turn !== 'string') return 'outputs' in turn ? 'a question has no outputs' : 'it is not guarded by a check of its own';
  switch (turn) {
    case 'denied':
    case 'expired':
      return 'it needs no approval';
    case 'no':
      return 'it asks nobody; expected failed';
    case 'already-done':
    case 'unclear':
      return 'it has no check that could say so';
    case 'failed':
    case 'unknown':
    case 'ok':
      return 'it is a question; expected no';
    default:
      return turn satisfies never;
  }
}

/** An output whose pattern is too particular to make up has to be given for all scenarios. */
function unmade({ rehearsal, entry }: Subject): readonly Finding[] {
  return entry.steps.flatMap((item) => {
    const given = rehearsal.outcomes?.[item.id];
    const names = typeof given === 'object' && 'outputs' in given ? Object.keys(given.outputs) : [];
    return cannotMakeUp(item)
      .filter((name) => !names.includes(name))
      .map((name) => ({
        path: [],
        says: `Nothing can be made up for the output "${name}" of "${item.id}"; expected it under "outcomes: { ${item.id}: { outputs: … } }".`,
      }));
  });
}

/** The items of a plan, and the undo steps that may be added to them. */
function withUndos(items: readonly PlannedStep[]): readonly PlannedStep[] {
  return items.flatMap((item) => [item, ...(item.phase === 'step' && item.skip === undefined ? undoStep(item) : [])]);
}

function textsOf(params: NonNullable<Rehearsal['params']>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}
