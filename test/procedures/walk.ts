import { readFileSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { RunId } from '../../src/core/brand.ts';
import { realClock } from '../../src/clock.ts';
import { fillAction, fillExpect, Unfillable } from '../../src/core/fill.ts';
import type { Probe } from '../../src/core/procedure/action.ts';
import { inlineParts } from '../../src/core/procedure/parts.ts';
import { planOf, withParams } from '../../src/core/procedure/plan.ts';
import type { PlannedStep, UndoRule } from '../../src/core/procedure/planned-step.ts';
import { Procedure } from '../../src/core/procedure/schema.ts';
import { Settings } from '../../src/core/settings.ts';
import type { StepAnswer } from '../../src/core/ports.ts';
import { createSourceReader } from '../../src/readings/index.ts';
import { createSteps } from '../../src/steps/index.ts';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { sandboxSettings } from '../../src/demo/settings.ts';

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

export type Walked = { readonly id: string; readonly status: StepAnswer['status']; readonly says: string };

/**
 * Performs the items of a procedure, of the one that a sandbox needs unless another is named, on it, one after another, each after its own check: without people,
 * approvals and journal, which are tested elsewhere. A poll is cut short to `patienceMs`. The target is the one of the demo.
 */
export async function createWalk(
  sandbox: Sandbox,
  given: Readonly<Record<string, string>>,
  options: { run: string; procedure?: string; patienceMs?: number; vars?: Readonly<Record<string, string>> },
) {
  const stateDir = join(sandbox.env['TMPDIR'] ?? '', 'state');
  await mkdir(stateDir, { recursive: true });
  const scratch = join(sandbox.env['TMPDIR'] ?? '', 'scratch');
  const steps = createSteps({ clock: realClock, log: QUIET, scratch, graceMs: 500, readMetric: createSourceReader(realClock) });
  const settings = Settings.parse(parse(sandboxSettings({ sandbox, stateDir, people: {}, groups: {} })));
  const { procedure } = inlineParts(shipped(options.procedure ?? sandbox.procedures[0]), shipped);
  const params = { ...defaultsOf(procedure), ...given };
  const items = withParams(planOf(procedure, { metrics: settings.metrics }), params);
  const outputs: Record<string, Readonly<Record<string, string>>> = {};
  const entries = Object.entries({ ...settings.targets['production']?.vars, ...options.vars });
  const vars = Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
  const values: Readonly<Record<string, string>> = {
    ...sandbox.secrets,
    redis_url: sandbox.redisUrl,
    cloudflare_token: sandbox.cloudflare.token,
  };
  const access = { env: sandbox.env, secret: async (name: string) => await Promise.resolve(values[name] ?? '') };

  async function ask(item: PlannedStep, { action, expect, poll }: Probe): Promise<StepAnswer> {
    const context = { run: options.run, params, target: vars, secrets: Object.keys(values), outputs };
    const patience = options.patienceMs ?? Number.POSITIVE_INFINITY;
    const request = {
      run: options.run as RunId,
      step: item.id,
      attempt: 1,
      effect: item.effect,
      action: fillAction(action, context),
      outputs: item.outputs,
      timeoutMs: item.timeoutMs,
      target: access,
      ...(expect && { expect: fillExpect(expect, context) }),
      ...(poll && { poll: { ...poll, everyMs: Math.min(poll.everyMs, 250), withinMs: Math.min(poll.withinMs, patience) } }),
    };
    return await steps.perform(request, { signal: new AbortController().signal, onProcess: async () => {}, onOutput: () => {} });
  }

  /** What is asked with a value that nothing has given fails, as in a run. */
  async function tried(item: PlannedStep, probe: Probe): Promise<StepAnswer> {
    try {
      return await ask(item, probe);
    } catch (error) {
      if (error instanceof Unfillable) return { status: 'failed', says: error.message };
      throw error;
    }
  }

  async function walkOne(item: PlannedStep): Promise<Walked> {
    const checked = item.check && (await tried({ ...item, effect: 'read', outputs: {} }, item.check));
    const done = checked && (checked.status === 'ok' || checked.status === 'already-done');
    if (checked && isMute(item, checked)) return { id: item.id, status: 'failed', says: checked.says };
    const answer = done ? { ...checked, status: 'already-done' as const } : await tried(item, item.probe);
    if ('outputs' in answer) outputs[item.id] = answer.outputs;
    return { id: item.id, status: answer.status, says: answer.says };
  }

  return {
    /** What the target calls state_dir. */
    state: stateDir,
    /** All items of a phase but questions; ends after the first that goes wrong, unless all are wanted. */
    async phase(phase: PlannedStep['phase'], { all = false } = {}): Promise<readonly Walked[]> {
      const walked: Walked[] = [];
      for (const item of items.filter((each) => each.phase === phase && each.skip === undefined && each.ask === undefined)) {
        walked.push(await walkOne(item));
        const status = walked.at(-1)?.status;
        if (!all && status !== 'ok' && status !== 'already-done') break;
      }
      return walked;
    },
    /** One item by itself. */
    async one(id: string): Promise<Walked> {
      return await walkOne(named(items, id));
    },
    /** What a finished item has handed on. */
    outputs: (id: string): Readonly<Record<string, string>> | undefined => outputs[id],
    /** What the check of a step says by itself. */
    async check(id: string): Promise<StepAnswer> {
      const item = named(items, id);
      if (!item.check) throw new Error(`${id} has no check.`);
      return await ask({ ...item, effect: 'read', outputs: {} }, item.check);
    },
    async undo(id: string): Promise<Walked> {
      const item = named(items, id);
      if (item.undo?.kind !== 'action') throw new Error(`${id} has no undo.`);
      return await walkOne(undoItem(item, item.undo));
    },
  };
}

function shipped(id: string): Procedure {
  return Procedure.parse(parse(readFileSync(`procedures/${id}.yml`, 'utf8')));
}

function defaultsOf({ params = {} }: Procedure): Readonly<Record<string, string>> {
  const given = Object.entries(params).filter(([, { default: value }]) => value !== undefined);
  return Object.fromEntries(given.map(([name, param]) => [name, String(param.default)]));
}

function named(items: readonly PlannedStep[], id: string): PlannedStep {
  const item = items.find((each) => each.id === id);
  if (!item) throw new Error(`There is no item ${id}.`);
  return item;
}

/** The packages that are there for the Worker in the worktree of a step. */
export function packagesIn(worktree: string | undefined): readonly string[] {
  return readdirSync(join(worktree ?? '', 'node_modules', '@neondatabase'));
}

/** What became of each item. */
export function statuses(walked: readonly Walked[]): Readonly<Record<string, StepAnswer['status']>> {
  return Object.fromEntries(walked.map(({ id, status }) => [id, status]));
}

/** The items that did not go well. */
export function wrong(walked: readonly Walked[]): readonly Walked[] {
  return walked.filter(({ status }) => status !== 'ok' && status !== 'already-done');
}

/** A script that says neither 0 for done nor 1 for not done could not tell, and then nothing is begun. */
function isMute({ check }: PlannedStep, answer: StepAnswer): boolean {
  const isScript = check?.action.kind === 'shell' || check?.action.kind === 'run';
  return isScript && answer.status === 'failed' && answer.exit !== 1;
}

function undoItem(item: PlannedStep, { action, effect, check, timeoutMs }: Extract<UndoRule, { kind: 'action' }>): PlannedStep {
  const id = `undo.${item.id}` as PlannedStep['id'];
  const { check: _check, ...rest } = item;
  return { ...rest, id, phase: 'undo', effect, probe: { action }, timeoutMs, outputs: {}, ...(check && { check }) };
}
