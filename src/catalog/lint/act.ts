import type { Action, Expect } from '../../core/procedure/action.ts';
import { actionOf, probeOf } from '../../core/procedure/normal-action.ts';
import type { Actions, Probe } from '../../core/procedure/action-schema.ts';
import type { Check, Procedure, Step } from '../../core/procedure/schema.ts';
import type { Path } from '../finding.ts';
import type { Call } from './shell/call.ts';
import { readArgv, readScript } from './shell/read.ts';
import type { ShellReading } from './shell/read.ts';

/** One thing that a procedure does or asks, as the rules see it. */
export type Act = {
  /** The preflight check, step or check of `verify` that it belongs to. */
  readonly item: Path;
  readonly step: Step | undefined;
  /** Where its action stands in the file, and where its script, argv or text stands in it. */
  readonly path: Path;
  /** Whether it is a question to the world, whose answer decides something. */
  readonly asks: boolean;
  readonly action: Action;
  readonly expect: Expect | undefined;
  /** What a `run` or `shell` starts; nothing for the other kinds. */
  readonly shell: ShellReading;
};

/** What a rule may want to know beside the act: all others of the same procedure, in the order of the file. */
export type Scene = { readonly acts: readonly Act[]; readonly calls: readonly Call[] };

/** Everything that a procedure does or asks: checks, steps, what they wait for, how they are undone. */
export function actsOf({ preflight = [], steps, verify }: Procedure): readonly Act[] {
  return [
    ...preflight.flatMap((check, index) => actsOfCheck(check, ['preflight', index])),
    ...steps.flatMap((step, index) => actsOfStep(step, ['steps', index])),
    ...verify.flatMap((check, index) => actsOfCheck(check, ['verify', index])),
  ];
}

function actsOfCheck(check: Check, item: Path): readonly Act[] {
  return check.ask === undefined ? [actOf(check, { item, path: item, step: undefined, asks: true })] : [];
}

function actsOfStep(step: Step, item: Path): readonly Act[] {
  const { check, wait, undo } = step;
  const of = (source: Source, part: Path, asks: boolean): Act => actOf(source, { item, path: [...item, ...part], step, asks });
  return [
    ...(check ? [of(check, ['check'], true)] : []),
    wait ? of(wait, ['wait'], true) : of(step, [], false),
    ...(undo && !('none' in undo) ? [of(undo, ['undo'], false), ...(undo.check ? [of(undo.check, ['undo', 'check'], true)] : [])] : []),
  ];
}

type Source = Actions & Pick<Probe, 'expect'>;
const SILENT: ShellReading = { calls: [], texts: [], loops: [], tooDeep: false };

function actOf(source: Source, where: Pick<Act, 'item' | 'path' | 'step' | 'asks'>): Act {
  const action = actionOf(source);
  const { expect } = probeOf(source);
  const [kind = ''] = action.kind.split('-');
  const path = [...where.path, kind, ...inside(source, action)];
  return { ...where, path, action, expect, shell: shellOf(action) };
}

/** The long forms hold what matters one level deeper. */
function inside({ run, shell }: Source, { kind }: Action): Path {
  if (kind === 'run' && run && 'argv' in run) return ['argv'];
  return kind === 'shell' && typeof shell === 'object' ? ['script'] : [];
}

function shellOf(action: Action): ShellReading {
  if (action.kind === 'shell') return readScript(action.script);
  return action.kind === 'run' ? readArgv(action.argv, action.stdin) : SILENT;
}
