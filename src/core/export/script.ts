import { shortDigest } from '../digest.ts';
import { CHECKLIST } from '../drill/checklist.ts';
import type { PinnedTarget, Params } from '../incident/event.ts';
import type { NamedTarget } from '../procedure/order.ts';
import type { Action } from '../procedure/action.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import type { CatalogEntry } from '../ports.ts';
import { referencesIn } from '../reference.ts';
import { NEEDS } from './actions.ts';
import { itemFunction } from './item.ts';
import { paramLines, scriptParams } from './params.ts';
import type { ScriptParam } from './params.ts';
import { targetLines } from './target-lines.ts';
import { onlyUsed } from './used.ts';
import { Inexpressible, quote } from './word.ts';

/** The script's own functions, by the names of their files. */
export type Runtime = Readonly<Record<string, string>>;

export type ExportOrder = {
  readonly entry: CatalogEntry;
  readonly target: NamedTarget;
  readonly pinned: PinnedTarget;
  readonly params: Params;
  /** A drill wants its target said, and prints a scorecard; it is refused on a target that is protected. */
  readonly drill: boolean;
};

export type Exported = { readonly text: string } | { readonly mistakes: readonly string[] };

const BASE_PROGRAMS = ['awk', 'base64', 'curl', 'cut', 'flock', 'jq', 'mktemp', 'ps', 'sed', 'sha256sum', 'sync', 'tail', 'tr'];
const BEFORE = ['values', 'answers', 'judge', 'log', 'group', 'people', 'items', 'undo', 'behind', 'params'];

/** Writes a procedure on a target as one bash script that needs nothing but itself; what would not be the same there is refused, each with a sentence. */
export function exportScript(order: ExportOrder, runtime: Runtime): Exported {
  const { entry, target, pinned, drill } = order;
  if (drill && pinned.protected)
    return { mistakes: [`${target.name} is protected, and drills are only for targets that are not: name another one.`] };
  const params = scriptParams(entry.procedure, target, order.params);
  if ('mistakes' in params) return params;
  const items = entry.steps.filter((item) => canBe(item, params));
  const { functions, mistakes } = functionsOf(items);
  if (mistakes.length > 0) return { mistakes };
  const kinds = [...new Set(items.flatMap(actionsOf).map(({ kind }) => kind))];
  const files = [...new Set(['run', ...kinds.flatMap((kind) => NEEDS[kind].files)])].toSorted();
  const programs = [...new Set([...BASE_PROGRAMS, ...kinds.flatMap((kind) => NEEDS[kind].programs)])].toSorted();
  const own = `${head(order, params)}
${settingLines(order, programs)}
${paramLines(params)}
${targetLines(pinned, referencesIn(items))}
# ==== The procedure

${functions.join('\n')}
${orderLines(items)}`;
  const lib = [...BEFORE, ...files, drill ? 'drill' : 'no-drill', 'main'].map((name) => runtime[name] ?? missing(name));
  return { text: `${own}\n# ==== How such a script works\n\n${onlyUsed(lib, own)}\nmain "$@"\n` };
}

/** An item that this script's fixed parameters never let happen is not in it. */
function canBe({ when = {} }: PlannedStep, params: readonly ScriptParam[]): boolean {
  return Object.entries(when).every(([name, wanted]) => params.every((each) => each.name !== name || !each.fixed || each.value === wanted));
}

function functionsOf(items: readonly PlannedStep[]): { readonly functions: readonly string[]; readonly mistakes: readonly string[] } {
  const functions: string[] = [];
  const mistakes: string[] = [];
  for (const item of items) {
    try {
      functions.push(itemFunction(item, functionName(items, item)));
    } catch (error) {
      if (!(error instanceof Inexpressible)) throw error;
      mistakes.push(`${error.message}.`);
    }
  }
  return { functions, mistakes };
}

function actionsOf({ probe, check, undo }: PlannedStep): readonly Action[] {
  const undoing = undo?.kind === 'action' ? [undo.action, ...(undo.check ? [undo.check.action] : [])] : [];
  return [probe.action, ...(check ? [check.action] : []), ...undoing];
}

function functionName(items: readonly PlannedStep[], item: PlannedStep): string {
  const name = wordOfId(item.id);
  const alike = items.filter(({ id }) => wordOfId(id) === name);
  return alike.length === 1 ? name : `${name}_${alike.indexOf(item) + 1}`;
}

function wordOfId(id: string): string {
  return `item_${id.replaceAll(/[^a-z0-9]/g, '_')}`;
}

function head({ entry, target, drill }: ExportOrder, params: readonly ScriptParam[]): string {
  const fixed = params.filter((each) => each.fixed && each.param.choices?.length !== 1).map(({ name, value }) => ` ${name}=${value}`);
  return `#!/usr/bin/env bash
# ${entry.procedure.title}, on ${target.name}${drill ? ': a drill' : ''}.
#
# For the day when neither Slack nor Rollbot can be reached. Written from procedures/${entry.id}.yml and rollbot.yml by
#   rollbot export ${entry.id} --target ${target.name}${fixed.join('')}${drill ? ' --drill' : ''}
# Change those and export it again, and not this file. Begin with --help and --dry-run.
set -uo pipefail
export LC_NUMERIC=C
`;
}

function settingLines({ entry, target, pinned, drill }: ExportOrder, programs: readonly string[]): string {
  const { title, estimate, page = [] } = entry.procedure;
  const followUps = entry.procedure['follow-ups'] ?? [];
  return `readonly PROCEDURE=${quote(entry.id)} PROCEDURE_DIGEST=${shortDigest(entry.hash)} TITLE=${quote(title)} ESTIMATE=${quote(estimate ?? '')}
readonly TARGET_NAME=${quote(target.name)} PROTECTED=${pinned.protected ? 'yes' : 'no'} DRILL=${drill ? 'yes' : 'no'} LABEL=${quote(drill ? 'DRILL: ' : '')}
# Who is told first, and the programs of the script itself.
CALL=(${page.map(quote).join(' ')})
PROGRAMS=(${programs.join(' ')})

readonly VERIFIED=0 UNCHANGED=1 NOT_VERIFIED=3 UNKNOWN=4 WAS_UNDONE=5
# How long people are waited for, a check may take, and a process has between being asked to end and being killed.
readonly PATIENCE_SECONDS=3600 CHECK_SECONDS=30 GRACE_SECONDS=5

TARGET_WORD=${drill ? 'wanted' : "''"} OPERATOR='' ALONE='' SEEN='' DRY_RUN=no STATE=\${ROLLBACK_STATE:-\${HOME:-/tmp}/.rollback}
RUN=s$(date -u +%Y%m%d-%H%M%S)-$$
SHOWING=no STARTED=no CHANGED=no GROUP='' WATCHDOG='' IN_FLIGHT='' ACTS_AS=read
declare -A OUT=() GIVEN=() TALLY=()
HIDDEN=() UNDOABLE=() RELEASED=() BEHIND_AGAIN=() UNDONE=0
${drill ? checklistLines() : ''}
for_later() {
  cat <<'LATER'
${followUps.map((each) => `  To do within ${each.due}, by ${each.owner}: ${each.title}\n`).join('')}LATER
}
`;
}

/** What people look at in a drill. */
function checklistLines(): string {
  return `VERIFIED_SECONDS=''\ndeclare -A LOOKED=()\nCHECKLIST=(\n${Object.values(CHECKLIST)
    .map((each) => `  ${quote(each)}\n`)
    .join('')})\n`;
}

function orderLines(items: readonly PlannedStep[]): string {
  const of = (phase: PlannedStep['phase']): string =>
    items
      .filter((item) => item.phase === phase)
      .map(({ id }) => quote(id))
      .join(' ');
  const arms = items.map((item) => `    ${quote(item.id)}) ${functionName(items, item)} "$2" ;;\n`).join('');
  return `PREFLIGHT=(${of('preflight')})
STEPS=(${of('step')})
VERIFY=(${of('verify')})

# A part of an item: about, act, act-expect, check, check-expect, undo, undo-check, undo-check-expect.
item() {
  case $1 in
${arms}  esac
}
`;
}

function missing(name: string): never {
  throw new Error(`The script's own functions have no file ${name}.sh.`);
}
