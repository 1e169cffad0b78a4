import { createRedactor } from '../redaction.ts';

/** Somebody's words as the journal keeps them: without what looks like a token, and at most `max` characters. Empty where there is nothing in them. */
export function said(text: string, max: number): string {
  const masked = createRedactor([]).redact(text.trim()).toWellFormed();
  return masked.length <= max ? masked : `${masked.slice(0, max - 1).toWellFormed()}…`;
}
