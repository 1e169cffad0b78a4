import type { Action } from '../../core/procedure/action.ts';
import { guardsItself, wipes, writes } from '../../core/procedure/effect.ts';
import { actionOf } from '../../core/procedure/normal-action.ts';
import { firstWord } from '../../core/procedure/sql-text.ts';
import type { Effect, PlannedStep } from '../../core/procedure/planned-step.ts';
import type { Finding, Path } from '../finding.ts';
import { pathOf } from './subject.ts';
import type { Subject } from './subject.ts';

/** Checks only read, an effect is not called milder than it is, and what is guarded has a check that can tell. */
export function effects(subject: Subject): readonly Finding[] {
  return subject.items.flatMap((item) => {
    const path = pathOf(item, subject);
    if (item.phase !== 'step') return onlyReads(item.probe.action, path);
    const source = subject.procedure.steps[Number(path[1])];
    return [
      ...(source?.wait ? waitMistakes(item, path) : effectMistakes(item, path)),
      ...(item.check ? onlyReads(item.check.action, [...path, 'check']) : []),
      ...undoMistakes(source?.undo, path),
    ];
  });
}

/** The rule for probes: `run` and `shell` are their author's word, and everything that is known to write is refused. */
function onlyReads(action: Action, path: Path): readonly Finding[] {
  if (action.kind === 'manual' || writes(action) !== 'yes') return [];
  const why = action.kind === 'redis-command' ? 'is not among those that only read and block nobody' : 'changes something';
  return [{ path: [...path, keyOf(action)], on: 'key', says: `${say(action)} ${why}; expected a check that only reads.` }];
}

function waitMistakes({ effect, probe }: PlannedStep, path: Path): readonly Finding[] {
  const claimed = effect === 'read' ? [] : [{ path: [...path, 'effect'], says: `Waiting only reads; expected read instead of ${effect}.` }];
  return [...onlyReads(probe.action, [...path, 'wait']), ...claimed];
}

function effectMistakes({ effect, probe, check }: PlannedStep, path: Path): readonly Finding[] {
  const at: Path = [...path, 'effect'];
  return effectMistake({ effect, action: probe.action, hasCheck: check !== undefined }, at);
}

function undoMistakes(undo: Subject['procedure']['steps'][number]['undo'], path: Path): readonly Finding[] {
  if (!undo || 'none' in undo) return [];
  const at: Path = [...path, 'undo'];
  const checks = undo.check ? onlyReads(actionOf(undo.check), [...at, 'check']) : [];
  if (undo.effect === undefined) return checks;
  return [
    ...checks,
    ...effectMistake({ effect: undo.effect, action: actionOf(undo), hasCheck: undo.check !== undefined }, [...at, 'effect']),
  ];
}

type Claim = { readonly effect: Effect; readonly action: Action; readonly hasCheck: boolean };

function effectMistake({ effect, action, hasCheck }: Claim, path: Path): readonly Finding[] {
  if (action.kind === 'announce' && effect !== 'idempotent') {
    return [{ path, says: `An announcement is made once, however often it is repeated; expected idempotent instead of ${effect}.` }];
  }
  if (wipes(action) && effect !== 'destructive') {
    return [{ path, says: `${say(action)} takes away what no step can bring back; expected destructive instead of ${effect}.` }];
  }
  if (effect === 'read' && writes(action) === 'yes') {
    return [{ path, says: `${say(action)} changes something; expected idempotent, guarded or destructive instead of read.` }];
  }
  if (effect === 'guarded' && !hasCheck && !guardsItself(action)) {
    return [{ path, says: 'A guarded step needs a check that can tell whether it has happened; expected "check" beside it.' }];
  }
  return [];
}

function keyOf(action: Action): string {
  return action.kind.split('-')[0] ?? action.kind;
}

function say(action: Action): string {
  if (action.kind === 'http') return `The request ${action.method}`;
  if (action.kind === 'redis-command') return `The Redis command ${action.command[0] ?? ''}`;
  if (action.kind === 'sql') return `The statement ${firstWord(action.query).toUpperCase()}`;
  return `The action ${action.kind.replace('-', ' ')}`;
}
