/** Cloudflare's API as wrangler asks it. */
export type Api = {
  readonly account: string;
  /** The `result` of an answer; throws an `ApiError` for a no. Files of Pages are sent with a token for that alone. */
  readonly ask: <T>(method: string, path: string, body?: object, jwt?: string) => Promise<T>;
};

/** A no, told in wrangler's words. */
export class ApiError extends Error {
  readonly code: number;
  /** What the API itself said. */
  readonly says: string;

  constructor(path: string, { code, message }: { code: number; message: string }) {
    super(`A request to the Cloudflare API (${path}) failed.\n\n  ${message} [code: ${code}]\n`);
    this.code = code;
    this.says = message;
  }
}

type Envelope = { success: boolean; errors: readonly { code: number; message: string }[]; result: unknown };

/** Reads where the API is and who asks from the environment. It has no default, so that nothing can reach the real one. */
export function openApi(env: Readonly<Record<string, string | undefined>>): Api {
  const { CLOUDFLARE_API_BASE_URL: base, CLOUDFLARE_API_TOKEN: token, CLOUDFLARE_ACCOUNT_ID: account } = env;
  if (!base) throw new Error("The sandbox's wrangler asks only the API that CLOUDFLARE_API_BASE_URL names, and it is not set.");
  if (!token)
    throw new Error(
      "In a non-interactive environment, it's necessary to set a CLOUDFLARE_API_TOKEN environment variable for wrangler to work.",
    );
  if (!account) throw new Error('More than one account available but unable to select one: set CLOUDFLARE_ACCOUNT_ID.');
  return {
    account,
    async ask<T>(method: string, path: string, body?: object, jwt = token): Promise<T> {
      const isForm = body instanceof FormData;
      const answer = await fetch(`${base}${path}`, {
        method,
        headers: { authorization: `Bearer ${jwt}`, ...(body && !isForm && { 'content-type': 'application/json' }) },
        ...(body && { body: isForm ? body : JSON.stringify(body) }),
      });
      const { success, errors, result } = (await answer.json()) as Envelope;
      if (!success) throw new ApiError(path.split('?')[0] ?? path, errors[0] ?? { code: answer.status, message: answer.statusText });
      return result as T;
    },
  };
}
