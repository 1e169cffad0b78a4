import type { RoleId, StepId } from '../brand.ts';
import { referencesIn } from '../reference.ts';
import type { Params } from '../incident/event.ts';
import type { Metrics } from '../reading/schema.ts';
import type { Probe } from './action.ts';
import { defaultEffect } from './effect.ts';
import { actionOf, ms, probeOf } from './normal-action.ts';
import type { ApprovalRule, PlannedStep, ReleaseRule, UndoRule } from './planned-step.ts';
import type { Check, Procedure, Step } from './schema.ts';

const READ_TIMEOUT_MS = 30_000;
const WRITE_TIMEOUT_MS = 5 * 60_000;
const APPROVAL_WITHIN_MS = 15 * 60_000;

/** What the installation says where a procedure says nothing. */
export type PlanDefaults = { readonly approvalWithinMs?: number; readonly metrics?: Metrics | undefined };

/**
 * Everything that a run of this procedure may do, in order, before its parameters are known. `after` names every item that
 * has to be finished first: for a step also all of `preflight`, for a check of `verify` all steps.
 */
export function planOf(procedure: Procedure, defaults: PlanDefaults = {}): readonly PlannedStep[] {
  const preflight = [...needsOf(procedure.needs ?? []), ...checksOf(procedure.preflight ?? [], 'preflight', [], defaults)];
  const steps = stepsOf(procedure.steps, preflight.map(idOf), defaults);
  return [...preflight, ...steps, ...checksOf(procedure.verify, 'verify', steps.map(idOf), defaults)];
}

/** The same items for one order: those whose `when` does not match its parameters are skipped, and say why. */
export function withParams(items: readonly PlannedStep[], params: Params): readonly PlannedStep[] {
  return items.map((item) => {
    const missed = Object.entries(item.when ?? {}).find(([name, wanted]) => !Object.hasOwn(params, name) || params[name] !== wanted);
    if (!missed) return item;
    const [name, wanted] = missed;
    return { ...item, skip: `Only where ${name} is ${wanted}, and here it is ${params[name] ?? 'not set'}.` };
  });
}

/** The check that a procedure's `needs:` becomes; the dot keeps it apart from every id that an author can give. */
export const NEEDS_ID = 'preflight.needs' as StepId;
const NEEDS_SCRIPT = `missing=0
for program in $NEEDS; do
  command -v -- "$program" >/dev/null || { echo "$program is not installed where Rollbot runs" >&2; missing=1; }
done
exit "$missing"
`;

/** What a procedure needs is looked for before anything is touched. */
function needsOf(needs: readonly string[]): readonly PlannedStep[] {
  if (needs.length === 0) return [];
  const env = { NEEDS: needs.join(' ') };
  return [
    {
      id: NEEDS_ID,
      phase: 'preflight',
      title: 'The programs that it needs are installed',
      effect: 'read',
      probe: { action: { kind: 'shell', script: NEEDS_SCRIPT, env, exit: [0] } },
      timeoutMs: READ_TIMEOUT_MS,
      after: [],
      outputs: {},
    },
  ];
}

function checksOf(
  checks: readonly Check[],
  phase: 'preflight' | 'verify',
  after: readonly StepId[],
  { metrics }: PlanDefaults,
): readonly PlannedStep[] {
  const ids = checks.map((check, index) => (check.id ?? `${phase}.${index + 1}`) as StepId);
  return checks.map((check, index) => {
    const probe = check.ask === undefined ? probeOf(check, metrics) : question(check.title, check.ask);
    return {
      id: ids[index]!,
      phase,
      title: check.title,
      effect: 'read',
      probe,
      timeoutMs: timeoutOf(check.timeout, probe, READ_TIMEOUT_MS),
      after: [...after, ...stepsReferredTo(probe).filter((id) => ids.includes(id) && id !== ids[index])],
      outputs: check.outputs ?? {},
      ...(check.ask !== undefined && { ask: check.ask as RoleId }),
      ...(check.when && { when: textsOf(check.when) }),
    };
  });
}

function stepsOf(steps: readonly Step[], preflight: readonly StepId[], defaults: PlanDefaults): readonly PlannedStep[] {
  return steps.map((step, index) => {
    const above = steps[index - 1];
    const own = step.after ?? (above ? [above.id] : []);
    return stepOf(step, [...preflight, ...own.map((id) => id as StepId)], defaults);
  });
}

function stepOf(step: Step, after: readonly StepId[], defaults: PlanDefaults): PlannedStep {
  const probe = probeOf(step, defaults.metrics);
  const effect = step.effect ?? (step.wait ? 'read' : defaultEffect(probe.action));
  const undo = undoOf(step, defaults);
  return {
    id: step.id as StepId,
    phase: 'step',
    title: step.title,
    effect,
    probe,
    timeoutMs: timeoutOf(step.timeout, probe, effect === 'read' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS),
    after,
    ...(step.check && { check: probeOf(step.check, defaults.metrics) }),
    ...(undo && { undo }),
    ...(step.approve && { approve: approvalOf(step.approve, defaults) }),
    ...(step.because !== undefined && { because: step.because }),
    outputs: step.outputs ?? {},
    ...(step.releases && { releases: releaseOf(step.releases) }),
    ...(step.manual && { ask: step.manual.by as RoleId }),
    ...(step.when && { when: textsOf(step.when) }),
  };
}

function releaseOf({ deployable, version, 'instead-of': insteadOf }: NonNullable<Step['releases']>): ReleaseRule {
  return { deployable, version, ...(insteadOf !== undefined && { insteadOf }) };
}

function undoOf(step: Step, { metrics }: PlanDefaults): UndoRule | undefined {
  const { undo } = step;
  if (undo && 'none' in undo) return { kind: 'none', because: undo.none };
  const title = undo?.title ?? `Undo: ${step.title}`;
  if (!undo) {
    const action = step.file && actionOf(step);
    if (!action || !('path' in action)) return undefined;
    const restore = { kind: 'file-restore', path: action.path, of: step.id } as const;
    return { kind: 'action', title, action: restore, effect: 'idempotent', timeoutMs: WRITE_TIMEOUT_MS };
  }
  const action = actionOf(undo);
  const timeoutMs = undo.timeout === undefined ? WRITE_TIMEOUT_MS : ms(undo.timeout);
  const effect = undo.effect ?? defaultEffect(action);
  return { kind: 'action', title, action, effect, timeoutMs, ...(undo.check && { check: probeOf(undo.check, metrics) }) };
}

function approvalOf(approve: NonNullable<Step['approve']>, defaults: PlanDefaults): ApprovalRule {
  const withinMs = approve.within === undefined ? (defaults.approvalWithinMs ?? APPROVAL_WITHIN_MS) : ms(approve.within);
  const by = approve.by.map((role) => role as RoleId);
  return { by, need: approve.need ?? 1, ...(approve['different-roles'] && { differentRoles: true }), withinMs };
}

/** A probe that is asked again and again may take its whole window, and one ordinary answer more. */
function timeoutOf(given: string | undefined, probe: Probe, usualMs: number): number {
  if (given !== undefined) return ms(given);
  return probe.poll ? probe.poll.withinMs + READ_TIMEOUT_MS : usualMs;
}

function question(title: string, role: string): Probe {
  return { action: { kind: 'manual', instructions: title, by: role } };
}

function stepsReferredTo(probe: Probe): readonly StepId[] {
  return [...new Set(referencesIn(probe).flatMap((each) => (each.scope === 'steps' ? [each.path[0] as StepId] : [])))];
}

function textsOf(when: NonNullable<Step['when']>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(when).map(([name, value]) => [name, String(value)]));
}

function idOf(item: PlannedStep): StepId {
  return item.id;
}
