import type { DoctorFinding } from '../core/doctor/finding.ts';
import { worstOf } from '../core/doctor/finding.ts';

const MARKS = { ok: 'ok  ', warning: 'WARN', failure: 'FAIL' } as const;
const ORDER = ['failure', 'warning', 'ok'] as const;
const SUMMARY = {
  ok: 'All is in order.',
  warning: 'Nothing is broken, and some things are worth a look.',
  failure: 'Something would fail on the day. Mend what is marked FAIL.',
} as const;

/** What the doctor found as a person reads it: the worst first, with what to do below each. */
export function renderFindings(findings: readonly DoctorFinding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length), 0);
  const sorted = ORDER.flatMap((level) => findings.filter((finding) => finding.level === level));
  const rows = sorted.map((finding, index) => rowOf(finding, sorted[index + 1], width));
  const count = (level: DoctorFinding['level']) => findings.filter((finding) => finding.level === level).length;
  return `${rows.join('')}\n${SUMMARY[worstOf(findings)]} (${count('failure')} failed, ${count('warning')} to look at, ${count('ok')} in order)\n`;
}

/** What is to be done is said once below those that want the same. */
function rowOf({ level, check, says, advice }: DoctorFinding, next: DoctorFinding | undefined, width: number): string {
  const line = `${MARKS[level]}  ${check.padEnd(width)}  ${says}\n`;
  if (advice === null || (next?.check === check && next.advice === advice)) return line;
  return `${line}${' '.repeat(MARKS[level].length + width + 4)}→ ${advice}\n`;
}
