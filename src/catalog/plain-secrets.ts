import type { Slip } from './finding.ts';

/** What a token looks like that somebody pasted; each with the name that the mistake calls it by. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\bx(?:ox[abeprs]|app)-[A-Za-z0-9-]{8,}/, 'a Slack token'],
  [/\bgh[opsur]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}/, 'a GitHub token'],
  [/\bglpat-[\w-]{16,}/, 'a GitLab token'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, 'an AWS key'],
  [/\bAIza[\w-]{35}/, 'a Google key'],
  [/\bsk[-_][A-Za-z0-9_-]{20,}/, 'an API key'],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\./, 'a JSON Web Token'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/https:\/\/hooks\.slack\.com\/\S+/, 'a Slack webhook'],
];
const URL_WITH_PASSWORD = /\b[a-z][a-z0-9+.-]*:\/\/[^\s/@:'"]*:(?!\$)([^\s/@'"]+)@/i;
const BEARER = /\b(?:bearer|basic)\s+(?!\$)[\w+/=.~-]{16,}/i;
const WORDS = String.raw`(?:password|passwd|passphrase|pwd|secret|token|credentials?|api[_-]?key|access[_-]?key|private[_-]?key|key)`;
/** A password that is set: in a script with `=`, or as a key of a map. References, variables and stand-ins are none. */
const VALUE = String.raw`['"]?(?![$<*{\['"\s]|(?:file|env|from)\b)[^\s'",}\]]+`;
const NAME = String.raw`[\w.-]*(?:password|passwd|passphrase|pwd)`;
const ASSIGNED = new RegExp(String.raw`${NAME}=${VALUE}|(?:^|[{,])\s*(?:- )?['"]?${NAME}['"]?\s*:\s+${VALUE}`, 'i');
/** Where a secret is found is no secret, however random its folder's name. */
const PLACE = String.raw`(?<!\b(?:file|env|from):\s*['"]?)`;
const ANNOUNCED = new RegExp(String.raw`${WORDS}\b[^\n]{0,40}?['"=:\s]${PLACE}([A-Za-z0-9+/_=-]{24,})(?![\w.])`, 'i');

/** Finds secrets that stand in the open, in comments too. What was found is never repeated. */
export function plainSecrets(text: string): readonly Slip[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const found = secretIn(line);
    if (!found) return [];
    const says = `Found ${found.what} in the open; expected a reference such as \${secrets.name}, with its source in rollbot.yml. Revoke this one.`;
    return [{ line: index + 1, column: found.column + 1, says }];
  });
}

function secretIn(line: string): { readonly column: number; readonly what: string } | undefined {
  for (const [shape, what] of SHAPES) {
    const match = shape.exec(line);
    if (match) return { column: match.index, what };
  }
  const url = URL_WITH_PASSWORD.exec(line);
  if (url) return { column: url.index, what: 'a URL with a password' };
  const bearer = BEARER.exec(line);
  if (bearer) return { column: bearer.index, what: 'credentials' };
  const assigned = ASSIGNED.exec(line);
  if (assigned) return { column: assigned.index, what: 'a password' };
  const announced = ANNOUNCED.exec(line);
  if (announced?.[1] && isRandom(announced[1])) return { column: announced.index, what: 'what looks like a key' };
  return undefined;
}

/** Whether a text is as mixed as only chance makes it: hexadecimal digits, or letters of both cases with digits. */
function isRandom(text: string): boolean {
  if (/^[0-9a-f]{24,}$/i.test(text)) return entropy(text) > 3;
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text) && entropy(text) > 3.7;
}

/** Shannon's entropy in bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
