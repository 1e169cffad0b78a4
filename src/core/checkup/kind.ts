import type { Instant } from '../brand.ts';
import { gotWorse } from '../doctor/finding.ts';
import type { DoctorFinding } from '../doctor/finding.ts';
import type { StreamKind, Timed } from '../stream-kind.ts';
import type { CheckupFact } from './event.ts';
import { isKnownType } from './event.ts';
import type { CheckupState } from './state.ts';

export type CheckupCommand = { kind: 'note-findings'; findings: readonly DoctorFinding[] };
/** Nothing is said against what was found. */
export type CheckupRefusal = { readonly refusal: 'written-by-newer'; readonly says: string };

const MOST_KEPT = 100;
const MOST_TOLD = 10;

/** What is known of the installation itself, so that people hear once when something has got worse. */
export const CHECKUP: StreamKind<CheckupState, CheckupFact, CheckupCommand, CheckupRefusal> = {
  initial: { status: 'none' },
  version: 'checkup-1',
  evolve,
  decide,
  nextDueAt: () => null,
  knows: isKnownType,
  refuseNewer: (detail) => ({ refusal: 'written-by-newer', says: `This was written by a newer Rollbot. ${detail}` }),
};

function decide(state: CheckupState, { findings }: CheckupCommand, _now: Instant): readonly CheckupFact[] {
  const all = findings.filter(({ level }) => level !== 'ok');
  const worse = gotWorse(state.status === 'none' ? [] : state.bad, all);
  const told = { worse: worse.slice(0, MOST_TOLD), more: Math.max(0, worse.length - MOST_TOLD) };
  return [{ type: 'installation-checked', bad: all.slice(0, MOST_KEPT), well: findings.length - all.length, ...told }];
}

function evolve(state: CheckupState, { at, bad, well, worse, more }: Timed<CheckupFact>): CheckupState {
  const before = state.status === 'none' ? null : state.news;
  const news = worse.length === 0 ? before : { number: (before?.number ?? 0) + 1, at, worse, more };
  return { status: 'known', at, bad, well, news };
}
