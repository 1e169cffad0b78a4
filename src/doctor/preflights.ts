import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { DoctorParts, PreflightReading } from '../core/doctor/port.ts';
import { orderablesOf } from './orderables.ts';

/**
 * Whether each procedure could begin at this moment: its own preflight says whether credentials work, the target is what it
 * says, and there is a backup and a version to return to.
 */
export async function checkPreflights({ catalog, preflight }: DoctorParts): Promise<readonly DoctorFinding[]> {
  const all = orderablesOf(catalog);
  const found: DoctorFinding[] = [];
  // One after the other: many of them ask the same servers.
  for (const { procedure, target } of all) {
    found.push(...findingsIn(`${procedure} on ${target}`, await preflight(procedure, target)));
  }
  if (found.length > 0) return found;
  return [{ check: 'preflight', level: 'ok', says: `All ${all.length} procedures could begin on their targets now.`, advice: null }];
}

function findingsIn(what: string, reading: PreflightReading): readonly DoctorFinding[] {
  if (reading.status === 'refused') {
    // What nobody has said yet is no fault: whoever starts it says it.
    const faults = reading.mistakes.filter(({ part }) => part !== 'params');
    return faults.map(({ says }) => ({ check: 'preflight', level: 'failure', says: `${what}: ${says}`, advice: 'Mend what it says.' }));
  }
  const [first, ...others] = reading.dryRun.items.filter(({ step, holds }) => step.phase === 'preflight' && holds === false);
  if (!first) return [];
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return [
    {
      check: 'preflight',
      level: 'failure',
      says: `${what} would end at “${first.step.title}”: ${first.says ?? 'it does not hold'}${more}`,
      advice: `Try it with /rollback ${what.replace(' on ', ' ')} --dry-run, which touches nothing.`,
    },
  ];
}
