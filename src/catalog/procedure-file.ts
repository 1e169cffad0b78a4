import type { Digest } from '../core/brand.ts';
import { digestOf } from '../core/digest.ts';
import { parseDuration } from '../core/duration.ts';
import type { CatalogEntry } from '../core/ports.ts';
import { inlineParts, partIdsOf } from '../core/procedure/parts.ts';
import type { Inlined } from '../core/procedure/parts.ts';
import { planOf } from '../core/procedure/plan.ts';
import type { PlanDefaults } from '../core/procedure/plan.ts';
import { Procedure } from '../core/procedure/schema.ts';
import type { Settings } from '../core/settings.ts';
import { checkFile } from './checked-file.ts';
import type { Checked } from './checked-file.ts';
import { allChecks } from './checks/all.ts';
import { oneAction } from './checks/one-action.ts';
import { parts } from './checks/parts.ts';
import type { Sources } from './checks/parts.ts';
import { inTheFile } from './inlined-findings.ts';
import type { ProcedureFile } from './yaml-files.ts';

/** All procedures as their files have them, for those that call others: what can't be read is none. */
export function readSources(files: readonly ProcedureFile[]): Sources & { readonly hashOf: (id: string) => Digest | undefined } {
  const found = new Map(
    files.flatMap((file) => {
      const checked = checkFile(file, Procedure, oneAction);
      return 'content' in checked ? [[file.id, checked.content] as const] : [];
    }),
  );
  return {
    ids: files.map(({ id }) => id),
    find: (id) => found.get(id),
    hashOf: (id) => files.find((file) => file.id === id)?.hash,
  };
}

/** The title of the first step of a procedure that may take something away, its parts included; null where there is none, or where it can't be read. */
export function takesAway(id: string, sources: Sources): string | null {
  const procedure = sources.find(id);
  if (!procedure || parts(id, procedure, sources).length > 0) return null;
  const items = planOf(inlineParts(procedure, sources.find).procedure);
  return items.find(({ phase, effect }) => phase === 'step' && effect === 'destructive')?.title ?? null;
}

/** Reads one procedure, its parts included; with settings, also what it says about roles and targets is checked. */
export function readProcedure(
  file: ProcedureFile,
  settings: Settings | null,
  sources: ReturnType<typeof readSources>,
): Checked<CatalogEntry> {
  const { id } = file;
  const defaults = planDefaults(settings);
  let inlined: Inlined | null = null;
  const checked = checkFile(file, Procedure, (procedure) => {
    const first = [...oneAction(procedure), ...parts(id, procedure, sources)];
    if (first.length > 0) return first;
    inlined = inlineParts(procedure, sources.find);
    const whole = inlined;
    const findings = allChecks({ id, procedure: whole.procedure, settings, items: planOf(whole.procedure, defaults) });
    return findings.flatMap((finding) => inTheFile(finding, whole));
  });
  if ('mistakes' in checked) return checked;
  const { procedure } = inlined ?? inlineParts(checked.content, sources.find);
  const hash = hashOf(file, checked.content, sources);
  return { content: { id, procedure, steps: planOf(procedure, defaults), hash } };
}

/** A procedure is another one as soon as one of its parts is. */
function hashOf(file: ProcedureFile, procedure: Procedure, { find, hashOf: hashOfPart }: ReturnType<typeof readSources>): Digest {
  const ids = partIdsOf(procedure, find);
  return ids.length === 0 ? file.hash : digestOf([file.hash, ...ids.toSorted().map((id) => hashOfPart(id) ?? null)]);
}

function planDefaults(settings: Settings | null): PlanDefaults {
  const within = parseDuration(settings?.approvals?.within ?? '');
  return { metrics: settings?.metrics, ...(within !== undefined && { approvalWithinMs: within }) };
}
