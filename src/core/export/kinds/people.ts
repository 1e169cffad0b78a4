import type { AnnounceAction, ManualAction } from '../../procedure/action.ts';
import { sayAudience } from '../../procedure/announce-places.ts';
import { quote, wordOf } from '../word.ts';

/** What a person is asked or told to do. */
export function manualLines({ instructions }: ManualAction): readonly string[] {
  return [`manual ${quote(instructions)}`];
}

/** Something that people are told. */
export function announceLines({ text, status, to }: AnnounceAction<string>): readonly string[] {
  return [`announce ${wordOf(text)} ${quote(status ?? '')} ${quote(sayAudience(to))}`];
}
