import { request } from 'undici';

/** What became of a POST. `unreachable`: it certainly was not taken; `lost`: it may have been. */
export type Posted =
  | { readonly status: 'answered'; readonly code: number; readonly text: string; readonly afterMs: number | null }
  | { readonly status: 'unreachable'; readonly says: string }
  | { readonly status: 'lost'; readonly says: string };

const TIMEOUT_MS = 10_000;
const MOST_TEXT = 2000;
/** The connection was never made, so nothing was carried out. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** Sends JSON once: no redirect, no proxy, no second try, and an end after ten seconds. */
export async function postJson(url: URL, body: string, headers: Readonly<Record<string, string>>): Promise<Posted> {
  try {
    const answer = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'rollbot', ...headers },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
    const text = (await answer.body.text().catch(() => '')).slice(0, MOST_TEXT);
    return { status: 'answered', code: answer.statusCode, text, afterMs: afterMs(answer.headers['retry-after']) };
  } catch (error) {
    const code = codeOf(error);
    const says = code ?? (error instanceof Error ? error.message : String(error));
    return { status: code !== null && NEVER_SENT.has(code) ? 'unreachable' : 'lost', says };
  }
}

/** Whether asking once more can help: the server is busy, or broken for now. */
export function mayHelpLater(code: number): boolean {
  return code === 408 || code === 425 || code === 429 || code >= 500;
}

function afterMs(header: string | string[] | undefined): number | null {
  const seconds = Number(Array.isArray(header) ? header[0] : header);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 600) * 1000 : null;
}

function codeOf(error: unknown): string | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof AggregateError && at.errors.length > 0) return codeOf(at.errors[0]);
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return null;
}
