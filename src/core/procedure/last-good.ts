import { isSameVersion, lastGood, runningOf } from '../component/state.ts';
import type { ComponentState } from '../component/state.ts';
import { sayVerified } from '../component/say.ts';
import type { NamedTarget } from './order.ts';

/** A version to go back to, and why it is that one in words that follow it. */
export type GoodVersion = { readonly version: string; readonly why: string };

/**
 * The version that `last-good` stands for on a target: the newest that was verified and does not run now, else the one that
 * was set by hand, if that is not what runs. Never a version that anybody doubts.
 */
export function goodVersion(of: string, { name, target }: NamedTarget, state: ComponentState): GoodVersion | { readonly says: string } {
  const verified = lastGood(state);
  if (verified) return { version: verified.version, why: sayVerified(verified) };
  const versions = target['last-good'] ?? {};
  const byHand = Object.hasOwn(versions, of) ? versions[of] : undefined;
  if (byHand === undefined) return { says: `${name} has no last good version of ${of}.` };
  if (isSameVersion(byHand, runningOf(state))) {
    return { says: `The last good version of ${of} is ${byHand}, and that is what runs on ${name} now.` };
  }
  const doubted = state.status === 'known' && state.releases.some(({ version, doubted: word }) => word && isSameVersion(version, byHand));
  if (doubted) return { says: `The last good version of ${of} is ${byHand} by rollbot.yml, but somebody doubts it.` };
  return { version: byHand, why: 'set by hand in rollbot.yml' };
}
