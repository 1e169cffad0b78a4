import type { SlackEmulator } from '../../../src/demo/slack/index.ts';

/** An answer of the Web API, with what came around it. */
export interface Answered {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { ok: boolean; error?: string };
}

/** Calls a method as any HTTP client would: arguments in a form, what is not text spelled out as JSON. */
export async function call(slack: SlackEmulator, token: string, method: string, args: Record<string, unknown> = {}): Promise<Answered> {
  const fields = Object.entries(args).map(([key, value]): [string, string] => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return answered(
    await fetch(slack.apiUrl + method, {
      method: 'POST',
      headers: token ? { authorization: `Bearer ${token}` } : {},
      body: new URLSearchParams(fields),
    }),
  );
}

/** Calls a method with a JSON body. */
export async function callJson(
  slack: SlackEmulator,
  token: string,
  method: string,
  args: unknown,
  contentType = 'application/json; charset=utf-8',
): Promise<Answered> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': contentType };
  return answered(await fetch(slack.apiUrl + method, { method: 'POST', headers, body: JSON.stringify(args) }));
}

async function answered(response: Response): Promise<Answered> {
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}
