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
