import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import type { PlannedStep } from '../../core/procedure/planned-step.ts';
import { writeReference } from '../../core/reference.ts';
import type { Reference } from '../../core/reference.ts';
import type { Target } from '../../core/settings.ts';
import type { Path } from '../finding.ts';
import { before } from './graph.ts';
import { pathOf, targetsOf } from './subject.ts';
import type { Subject } from './subject.ts';

/** What git actions hand on without being asked. */
const GIVEN: Readonly<Record<string, readonly string[]>> = { 'git-resolve': ['commit'], 'git-restore': ['commit', 'worktree', 'reached'] };

/** Why nothing stands behind a reference, or not yet. */
export function unknownReference(reference: Reference, path: Path, subject: Subject): string | undefined {
  const [name = '', output = ''] = reference.path;
  switch (reference.scope) {
    case 'params': {
      const names = Object.keys(subject.procedure.params ?? {});
      return names.includes(name)
        ? undefined
        : `There is no parameter "${name}".${didYouMean(name, names)} Expected one of this file's parameters.`;
    }
    case 'run':
      return name === 'id' ? undefined : `Found ${writeReference(reference)}; expected \${run.id}: a run has no other.`;
    case 'target':
      return missingOnTarget(reference, subject, ({ vars }) => vars, 'variable');
    case 'secrets':
      return missingOnTarget(reference, subject, ({ secrets }) => secrets, 'secret');
    case 'steps':
      return unknownOutput(name, output, path, subject);
    default:
      return reference.scope satisfies never;
  }
}

function missingOnTarget(
  reference: Reference,
  subject: Subject,
  namesOf: (target: Target) => Readonly<Record<string, unknown>> | undefined,
  what: string,
): string | undefined {
  const [name = ''] = reference.path;
  const lacking = targetsOf(subject).filter(([, target]) => !Object.hasOwn(namesOf(target) ?? {}, name));
  if (lacking.length === 0) return undefined;
  const near = didYouMean(
    name,
    lacking.flatMap(([, target]) => Object.keys(namesOf(target) ?? {})),
  );
  const where = sayList(
    lacking.map(([target]) => target),
    'and',
  );
  return `There is no ${what} "${name}" on ${where}.${near} Expected it in rollbot.yml, on every target where this may run.`;
}

function unknownOutput(id: string, output: string, path: Path, subject: Subject): string | undefined {
  const { items } = subject;
  const by = items.find((item) => pathOf(item, subject).every((part, index) => part === path[index]));
  const giver = items.find((item) => item.id === id);
  const ids = items.filter((item) => !item.id.includes('.')).map((item) => item.id);
  if (!giver) return `There is no step "${id}".${didYouMean(id, ids)} Expected the id of a check or step of this file.`;
  const outputs = outputsOf(giver);
  if (!outputs.includes(output)) {
    const known = outputs.length === 0 ? 'it has none' : `it has ${sayList(outputs, 'and')}`;
    return `"${id}" has no output "${output}".${didYouMean(output, outputs)} Expected one of its outputs: ${known}.`;
  }
  if (!by) return undefined;
  const own = by.id === giver.id && (path[2] === 'undo' || path[2] === 'releases');
  if (!own && !before(by, items).has(giver.id)) return `"${id}" may not be finished when this begins; expected it in "after".`;
  return mayBeSkipped(giver, by) ? `"${id}" may be skipped, and then has no outputs; expected the same "when" here.` : undefined;
}

function mayBeSkipped(giver: PlannedStep, by: PlannedStep): boolean {
  return Object.entries(giver.when ?? {}).some(([name, value]) => by.when?.[name] !== value);
}

function outputsOf({ probe, outputs }: PlannedStep): readonly string[] {
  const given = (GIVEN[probe.action.kind] ?? []).filter((name) => name !== 'reached' || 'publish' in probe.action);
  return [...given, ...Object.keys(outputs)];
}
