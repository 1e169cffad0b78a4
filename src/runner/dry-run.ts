import type { RunId } from '../core/brand.ts';
import { digestOf } from '../core/digest.ts';
import { fillAction, fillExpect, Unfillable } from '../core/fill.ts';
import type { FillContext } from '../core/fill.ts';
import type { PinnedTarget } from '../core/incident/event.ts';
import type { ResolvedAction } from '../core/procedure/action.ts';
import type { PlannedStep } from '../core/procedure/planned-step.ts';
import type { DryRun, Steps, TargetAccess } from '../core/ports.ts';
import type { Pinned } from './orders.ts';

export type DryRunParts = { readonly steps: Steps; readonly access: (target: PinnedTarget) => TargetAccess };

type Item = DryRun['items'][number];

/** Performs the reads of `preflight` and shows everything else exactly as it would run, as far as that can be known. */
export async function dryRun(parts: DryRunParts, pinned: Pinned): Promise<DryRun> {
  const { procedure, target, params, why } = pinned;
  const outputs: Record<string, Readonly<Record<string, string>>> = {};
  const items: Item[] = [];
  for (const step of procedure.steps) {
    const context: FillContext = { run: 'dry-run', params, target: target.vars, secrets: target.secrets, outputs, lenient: true };
    items.push(await itemFor(parts, target, step, context, outputs));
  }
  return { procedure: procedure.id, title: procedure.title, target: target.name, params, why, items };
}

async function itemFor(
  parts: DryRunParts,
  target: PinnedTarget,
  step: PlannedStep,
  context: FillContext,
  outputs: Record<string, Readonly<Record<string, string>>>,
): Promise<Item> {
  if (step.skip !== undefined) return { step, action: null, digest: null, says: step.skip, holds: null };
  try {
    const action = fillAction(step.probe.action, context);
    const shown = { step, action, digest: digestOf(action) };
    if (step.ask !== undefined || step.phase !== 'preflight') return { ...shown, says: null, holds: null };
    const { status, says, found } = await read(parts, target, step, action, context);
    if (found) outputs[step.id] = found;
    return { ...shown, says, holds: status };
  } catch (error) {
    if (error instanceof Unfillable) return { step, action: null, digest: null, says: error.message, holds: false };
    throw error;
  }
}

async function read(
  parts: DryRunParts,
  target: PinnedTarget,
  step: PlannedStep,
  action: ResolvedAction,
  context: FillContext,
): Promise<{ status: boolean; says: string; found: Readonly<Record<string, string>> | null }> {
  const request = {
    run: 'dry-run' as RunId,
    step: step.id,
    attempt: 1,
    effect: 'read',
    action,
    outputs: step.outputs,
    timeoutMs: step.timeoutMs,
    target: parts.access(target),
    ...(step.probe.expect && { expect: fillExpect(step.probe.expect, context) }),
  } as const;
  const watch = { signal: new AbortController().signal, onOutput: () => {}, onProcess: async () => {} };
  const answer = await parts.steps.perform(request, watch);
  const ok = answer.status === 'ok' || answer.status === 'already-done';
  return { status: ok, says: answer.says, found: ok ? answer.outputs : null };
}
