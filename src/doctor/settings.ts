import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { DoctorParts } from '../core/doctor/port.ts';

/** Whether every file says something that can be carried out. */
export async function checkSettings({ catalog }: DoctorParts): Promise<readonly DoctorFinding[]> {
  const mistakes = catalog.mistakes();
  const count = catalog.procedures().length;
  if (mistakes.length === 0) {
    const says = `rollbot.yml and ${count} ${count === 1 ? 'procedure' : 'procedures'} are in order.`;
    return await Promise.resolve([{ check: 'settings', level: 'ok', says, advice: null }]);
  }
  return mistakes.map(({ file, line, column, says }) => ({
    check: 'settings',
    level: 'failure',
    says: `${file}:${line}:${column}: ${says}`,
    advice: 'Mend the line. A file with a mistake is left out.',
  }));
}
