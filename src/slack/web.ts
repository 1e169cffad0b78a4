import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError, WebClient } from '@slack/web-api';
import type { Log } from '../core/ports.ts';
import { sdkLogger } from './sdk-logger.ts';

/** What became of a call. `lost`: it may have been carried out; `unreachable`: it certainly was not. */
export type WebResult =
  | { readonly status: 'ok'; readonly data: WebData }
  | { readonly status: 'refused'; readonly error: string; readonly detail: readonly string[] }
  | { readonly status: 'rate-limited'; readonly afterMs: number }
  | { readonly status: 'lost'; readonly says: string }
  | { readonly status: 'unreachable'; readonly says: string };
export type WebData = Readonly<Record<string, unknown>>;
export type WebFailure = Exclude<WebResult, { status: 'ok' }>;

export type Web = {
  /** Calls a method once. Nothing is thrown and nothing is repeated: what to do about a failure is the caller's to say. */
  call(method: string, args?: Readonly<Record<string, unknown>>): Promise<WebResult>;
};

const TIMEOUT_MS = 10_000;
/** Slack says of these itself that a part of the work may have been done. */
const MAYBE_DONE = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable']);
/** The connection was never made, so nothing was carried out. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
const NO_RETRY_AFTER_MS = 30_000;

/** The bot's own way to Slack's Web API, without the SDK's silent repetitions. */
export function createWeb({ token, apiUrl, log }: { token: string; apiUrl?: string | undefined; log: Log }): Web {
  const client = new WebClient(token, {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MS,
    logger: sdkLogger(log),
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
  });
  return {
    async call(method, args = {}) {
      try {
        return { status: 'ok', data: { ...(await client.apiCall(method, { ...args })) } };
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

/** A failure in a few words, for logs and sentences. */
export function sayFailure(failure: WebFailure): string {
  switch (failure.status) {
    case 'refused':
      return [`Slack refused it (${failure.error})`, ...failure.detail].join(': ');
    case 'rate-limited':
      return `Slack wants a pause of ${Math.ceil(failure.afterMs / 1000)} s`;
    case 'lost':
      return `Slack's answer was lost (${failure.says})`;
    case 'unreachable':
      return `Slack can't be reached (${failure.says})`;
    default:
      return failure satisfies never;
  }
}

function failureOf(error: unknown): WebFailure {
  if (error instanceof WebAPIRateLimitedError) return { status: 'rate-limited', afterMs: error.retryAfter * 1000 };
  if (error instanceof WebAPIPlatformError) return platformFailure(error);
  if (error instanceof WebAPIHTTPError) return { status: 'lost', says: `HTTP ${error.statusCode}` };
  if (error instanceof WebAPIRequestError) {
    const code = codeOf(error.original);
    const says = code ?? error.original.message;
    return { status: code !== null && NEVER_SENT.has(code) ? 'unreachable' : 'lost', says };
  }
  const says = error instanceof Error ? error.message : String(error);
  return says.includes('Retry header') ? { status: 'rate-limited', afterMs: NO_RETRY_AFTER_MS } : { status: 'lost', says };
}

function platformFailure({ data }: WebAPIPlatformError): WebFailure {
  const { error } = data;
  if (error === 'ratelimited' || error === 'rate_limited') return { status: 'rate-limited', afterMs: NO_RETRY_AFTER_MS };
  // A page instead of an answer: something between here and Slack spoke.
  if (MAYBE_DONE.has(error) || error.includes('<')) return { status: 'lost', says: error.slice(0, 100) };
  return { status: 'refused', error, detail: data.response_metadata?.messages ?? [] };
}

/** The system's word for what went wrong; fetch keeps it in the innermost cause. */
function codeOf(error: unknown): string | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if (at instanceof AggregateError && at.errors.length > 0) return codeOf(at.errors[0]);
  }
  return null;
}
