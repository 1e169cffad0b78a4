import type { DoctorFinding } from '../doctor/finding.ts';

/** Everything that can happen to what is known of the installation. */
export type CheckupFact = {
  type: 'installation-checked';
  bad: readonly DoctorFinding[];
  well: number;
  /** Worse than before, as many as can be told; `more` were left out. */
  worse: readonly DoctorFinding[];
  more: number;
};

/** Whether this version knows what to make of an event. */
export function isKnownType(type: string): boolean {
  return type === 'installation-checked';
}
