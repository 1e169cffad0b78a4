import { guardsItself } from '../procedure/effect.ts';
import type { Action, Bounds, Expect, Probe, Tree } from '../procedure/action.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import { actionLines } from './actions.ts';
import { jsonCall } from './json-template.ts';
import { pointerWord } from './kinds/http.ts';
import { portablePattern } from './portable-pattern.ts';
import { Inexpressible, quote, wordOf } from './word.ts';

/** One item of a procedure as a function of the script: how it is described, what it does, how it is checked and undone. */
export function itemFunction(item: PlannedStep, name: string): string {
  try {
    const { probe, check, undo } = item;
    const arms = [
      arm('about', aboutLines(item)),
      arm('act', actionLines(probe.action, item.id)),
      ...expectArm('act', probe),
      ...(check ? [arm('check', actionLines(check.action, item.id)), ...expectArm('check', check)] : []),
      ...(undo?.kind === 'action' ? [arm('undo', actionLines(undo.action, `undo-${item.id}`))] : []),
      ...(undo?.kind === 'action' && undo.check
        ? [arm('undo-check', actionLines(undo.check.action, item.id)), ...expectArm('undo-check', undo.check)]
        : []),
    ];
    return `${name}() {\n  case $1 in\n${arms.join('')}  esac\n}\n`;
  } catch (error) {
    if (error instanceof Inexpressible) throw new Inexpressible(`${item.id} ("${item.title}"): ${error.message}`);
    throw error;
  }
}

function arm(part: string, lines: readonly string[]): string {
  return `    ${part})\n${lines.map((line) => `      ${line}\n`).join('')}      ;;\n`;
}

function aboutLines(item: PlannedStep): readonly string[] {
  const { phase, effect, timeoutMs, title, after, when = {}, ask, probe, check, outputs, approve, because, undo, releases } = item;
  const { poll } = probe;
  const forward = probe.action.kind === 'git-restore' ? probe.action.publish?.fastForward : undefined;
  const repeats = effect === 'guarded' && !check && guardsItself(probe.action);
  return [
    `item_is ${phase} ${effect} ${timeoutMs / 1000} ${quote(title)}`,
    ...(phase === 'preflight' && after.length > 0 ? [`comes_after ${after.map(quote).join(' ')}`] : []),
    ...Object.entries(when).map(([name, value]) => `only_where ${quote(name)} ${quote(value)}`),
    ...(ask === undefined ? [] : [`asked_of ${quote(ask)}`]),
    ...(poll ? [`polled ${poll.everyMs / 1000} ${poll.withinMs / 1000} ${poll.times}`] : []),
    ...(check ? [`has_check ${isProgram(check.action)}`] : []),
    ...(repeats ? ['may_repeat'] : []),
    ...Object.entries(outputs).map(
      ([name, { pointer, pattern }]) =>
        `hands_on ${quote(name)} ${pointerWord(pointer)} ${pattern === undefined ? '-' : quote(portablePattern(pattern, 'whole'))}`,
    ),
    ...(approve
      ? [
          `approved_by ${approve.need} ${approve.withinMs / 1000} ${yes(approve.differentRoles ?? false)} ${approve.by.map(quote).join(' ')}`,
        ]
      : []),
    ...(because === undefined ? [] : [`takes_away ${wordOf(because)}`]),
    ...undoLines(undo),
    ...(releases ? [`brings_release ${quote(releases.deployable)} ${wordOf(releases.version)}`] : []),
    ...(forward === undefined ? [] : [`moves_forward ${wordOf(forward)}`]),
  ];
}

function undoLines(undo: PlannedStep['undo']): readonly string[] {
  if (!undo) return [];
  if (undo.kind === 'none') return [`not_undone ${quote(undo.because)}`];
  const { title, effect, timeoutMs, check, action } = undo;
  const role = action.kind === 'manual' ? [quote(action.by)] : [];
  return [
    ['undone_by', quote(title), effect, timeoutMs / 1000, ...role].join(' '),
    ...(check ? [`undo_checked ${isProgram(check.action)}`] : []),
  ];
}

/** A script says by its exit status whether something has happened; any other probe by whether it holds. */
function isProgram({ kind }: Action): string {
  return yes(kind === 'run' || kind === 'shell');
}

function yes(is: boolean): string {
  return is ? 'yes' : 'no';
}

function expectArm(part: string, { action, expect }: Probe): readonly string[] {
  const wanted = expect ?? (action.kind === 'git-same' ? { equals: true } : undefined);
  return wanted ? [arm(`${part}-expect`, [jsonCall(expectTree(wanted))])] : [];
}

function expectTree({ equals, not, contains, matches, beside, ...bounds }: Expect): Tree<string> {
  const other: (Bounds & { readonly pointer: string }) | undefined = beside;
  return {
    ...(equals !== undefined && { equals }),
    ...(not !== undefined && { not }),
    ...(contains !== undefined && { contains }),
    ...(matches !== undefined && { matches: portablePattern(matches, 'part'), written: matches }),
    ...bounds,
    ...(other && { beside: { ...other } }),
  };
}
