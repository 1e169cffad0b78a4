import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { DoctorParts } from '../core/doctor/port.ts';
import { orderablesOf } from './orderables.ts';

/** Whether what procedures need is there, where they run. */
export async function checkPrograms({ catalog, hasProgram }: DoctorParts): Promise<readonly DoctorFinding[]> {
  const missing = new Map<string, string[]>();
  for (const { procedure, needs, target } of orderablesOf(catalog)) {
    for (const program of needs.filter((each) => !hasProgram(each, target))) {
      missing.set(program, [...(missing.get(program) ?? []), `${procedure} on ${target}`]);
    }
  }
  if (missing.size === 0)
    return await Promise.resolve([{ check: 'programs', level: 'ok', says: 'What procedures need is there.', advice: null }]);
  return [...missing].map(([program, places]) => ({
    check: 'programs',
    level: 'failure',
    says: `${program} is missing for ${places.join(', ')}.`,
    advice: `Install ${program}, or add its folder to PATH under env: of the target. Where it can't be had, list the procedures that may run under procedures: of the target.`,
  }));
}
