/** What of a request says where it comes from. */
export type Arrival = {
  readonly method: string;
  /** The port that it arrived at. */
  readonly port: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** Why a request is turned away, as a sentence; null lets it in. The page answers to its own name and its own pages only. */
export function refusalOf({ method, port, headers }: Arrival): string | null {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host, origin, 'sec-fetch-site': site } = headers;
  // A name of somebody else's that was made to point here (DNS rebinding) still stands in the request.
  if (typeof host !== 'string' || !own.includes(host)) return `This page is only at http://${own[0]}.`;
  if (origin !== undefined && origin !== `http://${host}`) return 'Another site can’t use this page.';
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'Another site can’t use this page.';
  if (method === 'GET') return null;
  if (origin === undefined) return 'Only the page itself can do this: its request has to say its origin.';
  return isJson(headers['content-type']) ? null : 'Send application/json.';
}

/** Keeps the page from loading anything that is not its own, and other pages from showing it in a frame. */
export const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

function isJson(contentType: string | string[] | undefined): boolean {
  return typeof contentType === 'string' && /^application\/json\b/i.test(contentType);
}
