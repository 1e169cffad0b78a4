import { MASK } from '../redaction.ts';
import { maskTokens } from '../token-mask.ts';

/** How long a reason may be. */
export const LONGEST_REASON = 1000;

/** Why somebody does something, in the same way; null where they gave no reason. */
export function reasonSaid(reason: string | null): string | null {
  return reason === null ? null : said(reason, LONGEST_REASON);
}

/** Somebody's words as the journal keeps them: without what looks like a token, and at most `max` characters. Empty where there is nothing in them. */
export function said(text: string, max: number): string {
  const masked = maskTokens(text.trim(), MASK).toWellFormed();
  return masked.length <= max ? masked : `${masked.slice(0, max - 1).toWellFormed()}…`;
}
