import type { Instant, StreamId } from '../brand.ts';
import type { DoctorFinding } from '../doctor/finding.ts';

/** The one stream of this kind: what was found whenever the installation was looked at. */
export const CHECKUP_STREAM = 'checkup/installation' as StreamId<'checkup'>;

export type CheckupState = { readonly status: 'none' } | Checkup;

export type Checkup = {
  readonly status: 'known';
  readonly at: Instant;
  /** What was not well when it was last looked at. */
  readonly bad: readonly DoctorFinding[];
  /** How many looks found nothing to say about. */
  readonly well: number;
  /** What had got worse when something last did; people are told of it once. */
  readonly news: { readonly number: number; readonly at: Instant; readonly worse: readonly DoctorFinding[]; readonly more: number } | null;
};
