import type { RunId, StepId } from '../../core/brand.ts';
import type { Reading } from '../../core/component/command.ts';
import { fillAction, fillExpect, Unfillable } from '../../core/fill.ts';
import type { FillContext } from '../../core/fill.ts';
import type { PinnedTarget } from '../../core/incident/event.ts';
import type { Probe } from '../../core/procedure/action.ts';
import { probeOf } from '../../core/procedure/normal-action.ts';
import type { StepAnswer, StepRequest, Steps, TargetAccess } from '../../core/ports.ts';
import type { Deployable } from '../../core/settings.ts';

export type ReadingParts = { readonly steps: Steps; readonly access: (target: PinnedTarget) => TargetAccess };

const TIMEOUT_MS = 30_000;
const LONGEST_VERSION = 200;

/**
 * Asks which version runs and whether it is healthy, both at once. A health that can't be read of a service whose version can
 * be is bad; where nothing can be read, nothing is known.
 */
export async function readDeployable(
  parts: ReadingParts,
  target: PinnedTarget,
  deployable: Deployable,
  signal: AbortSignal,
): Promise<Pick<Reading, 'version' | 'health' | 'says'>> {
  const probe = probeOf(deployable.version);
  const pointer = deployable.version.pointer ?? (probe.action.kind === 'http' ? probe.action.pointer : undefined);
  const { pattern } = deployable.version;
  const outputs = { version: { ...(pointer !== undefined && { pointer }), ...(pattern !== undefined && { pattern }) } };
  const [ran, healthy] = await Promise.all([
    ask(parts, target, probe, outputs, signal),
    deployable.healthy ? ask(parts, target, probeOf(deployable.healthy), {}, signal) : null,
  ]);
  const version = ran.status === 'ok' ? (ran.outputs['version'] ?? '') : '';
  if (version === '' || version.length > LONGEST_VERSION) return { version: null, health: 'unknown', says: ran.says };
  if (healthy === null) return { version, health: 'unknown', says: null };
  const health = healthy.status === 'ok' ? 'healthy' : healthy.status === 'failed' ? 'unhealthy' : 'unknown';
  return { version, health, says: healthy.says };
}

async function ask(
  { steps, access }: ReadingParts,
  target: PinnedTarget,
  probe: Probe,
  outputs: StepRequest['outputs'],
  signal: AbortSignal,
): Promise<StepAnswer> {
  const context: FillContext = { run: 'watch', params: {}, target: target.vars, secrets: target.secrets, outputs: {} };
  try {
    const request: StepRequest = {
      run: 'watch' as RunId,
      step: 'reading' as StepId,
      attempt: 1,
      effect: 'read',
      action: fillAction(probe.action, context),
      ...(probe.expect && { expect: fillExpect(probe.expect, context) }),
      outputs,
      timeoutMs: TIMEOUT_MS,
      target: access(target),
    };
    return await steps.perform(request, { signal, onOutput: () => {}, onProcess: async () => {} });
  } catch (error) {
    if (error instanceof Unfillable) return { status: 'unknown', reason: 'unclear', says: error.message };
    throw error;
  }
}
