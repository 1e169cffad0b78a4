import { CODES } from './codes.ts';
import { refuse } from './envelope.ts';
import type { Refusal } from './envelope.ts';

/** What can be wrong with Cloudflare's API. */
export const CLOUDFLARE_FAULTS = [
  /** Every request is answered with an internal error, and nothing is done. */
  'cloudflare-down',
  /** A change that was asked for is made, and the connection is cut before the answer; uploads alone are spared. */
  'cloudflare-answer-lost',
  /** The token is not known any more. */
  'cloudflare-token-revoked',
  /** There were too many requests. */
  'cloudflare-rate-limit',
  /** A purge is answered as done, and the edge keeps its copies. */
  'cloudflare-purge-ignored',
] as const;

export type CloudflareFault = (typeof CLOUDFLARE_FAULTS)[number];
export type CloudflareFaults = { readonly isOn: (name: CloudflareFault) => boolean };

/** The no that has nothing to do with what was asked for. */
export function refuseByFault({ isOn }: CloudflareFaults): Refusal | null {
  if (isOn('cloudflare-down')) return refuse(500, CODES.internal, 'internal error');
  if (isOn('cloudflare-rate-limit')) return refuse(429, CODES.rateLimited, 'Please wait and consider throttling your request speed');
  return null;
}
