import { parseDuration } from '../core/duration.ts';
import type { CatalogEntry } from '../core/ports.ts';
import { planOf } from '../core/procedure/plan.ts';
import type { PlanDefaults } from '../core/procedure/plan.ts';
import { Procedure } from '../core/procedure/schema.ts';
import type { Settings } from '../core/settings.ts';
import { checkFile } from './checked-file.ts';
import type { Checked } from './checked-file.ts';
import { allChecks } from './checks/all.ts';
import { oneAction } from './checks/one-action.ts';
import type { ProcedureFile } from './yaml-files.ts';

/** Reads one procedure; with settings, also what it says about roles and targets is checked. */
export function readProcedure(file: ProcedureFile, settings: Settings | null): Checked<CatalogEntry> {
  const { id, hash } = file;
  const defaults = planDefaults(settings);
  const checked = checkFile(file, Procedure, (procedure) => {
    const actions = oneAction(procedure);
    if (actions.length > 0) return actions;
    return allChecks({ id, procedure, settings, items: planOf(procedure, defaults) });
  });
  if ('mistakes' in checked) return checked;
  return { content: { id, procedure: checked.content, steps: planOf(checked.content, defaults), hash } };
}

function planDefaults(settings: Settings | null): PlanDefaults {
  const within = parseDuration(settings?.approvals?.within ?? '');
  return within === undefined ? {} : { approvalWithinMs: within };
}
