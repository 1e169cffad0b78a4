import { createHmac } from 'node:crypto';
import type { Instant } from '../../core/brand.ts';
import { isSame } from '../same.ts';
import type { Delivery } from './source.ts';

/** A signature that is older is one that somebody may have kept. */
const OLDEST_MS = 5 * 60_000;

/** Whether `Authorization` shows the secret, as a bearer or as the password of somebody. */
export function showsSecret(headers: Delivery['headers'], secret: string): boolean {
  const [, scheme = '', shown = ''] = /^(Bearer|Basic) +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  if (scheme.toLowerCase() !== 'basic') return isSame(shown, secret);
  const named = Buffer.from(shown, 'base64').toString('utf8');
  return isSame(named.slice(named.indexOf(':') + 1), secret);
}

/** Whether a header holds the HMAC-SHA256 of the body, in hexadecimal digits. */
export function signsBody({ headers, body }: Delivery, header: string, secret: string): boolean {
  return isSame(textOf(headers[header]), hmac(secret, [body]));
}

/** The same for a signature of the time and the body, with a colon between them; the time is in another header, in seconds. */
export function signsTimeAndBody(delivery: Delivery, names: { header: string; time: string }, secret: string, now: Instant): boolean {
  const { headers, body } = delivery;
  const time = textOf(headers[names.time.toLowerCase()]);
  const isSigned = isSame(textOf(headers[names.header]), hmac(secret, [`${time}:`, body]));
  return isSigned && /^\d{1,12}$/.test(time) && Math.abs(Number(time) * 1000 - now) <= OLDEST_MS;
}

/** Whether a header has the form of such a signature. */
export function hasSignature(headers: Delivery['headers'], header: string): boolean {
  return /^[0-9a-f]{64}$/.test(textOf(headers[header]));
}

function hmac(secret: string, parts: readonly (string | Uint8Array)[]): string {
  const made = createHmac('sha256', secret);
  for (const part of parts) made.update(part);
  return made.digest('hex');
}

function textOf(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header.replace(/^sha256=/, '').toLowerCase() : '';
}
