/** What a look at the installation found. The worst of them decides the exit status. */
export type DoctorFinding = {
  /** What was looked at, in a few words: `contacts`, `approvals tonight`, `disk`. */
  readonly check: string;
  readonly level: 'ok' | 'warning' | 'failure';
  /** What was found, as a sentence. */
  readonly says: string;
  /** What to do about it; null where all is well. */
  readonly advice: string | null;
};

const LEVELS = ['ok', 'warning', 'failure'] as const;

/** The worst that was found; `ok` where nothing was. */
export function worstOf(findings: readonly Pick<DoctorFinding, 'level'>[]): DoctorFinding['level'] {
  return LEVELS.findLast((level) => findings.some((finding) => finding.level === level)) ?? 'ok';
}

/** What is worse now than it was, so that a line can be said about it and about nothing else. */
export function gotWorse(before: readonly DoctorFinding[], now: readonly DoctorFinding[]): readonly DoctorFinding[] {
  const known = new Map(before.map((finding) => [keyOf(finding), LEVELS.indexOf(finding.level)]));
  return now.filter((finding) => LEVELS.indexOf(finding.level) > (known.get(keyOf(finding)) ?? 0));
}

/** The same thing found again, whatever its figures say now. */
function keyOf({ check, says }: DoctorFinding): string {
  return `${check} ${says.replaceAll(/\d+/g, '#')}`;
}
