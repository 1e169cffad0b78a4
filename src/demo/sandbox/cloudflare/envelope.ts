/** An answer as Cloudflare's API gives it: everything comes in the same envelope, refusals too. */
export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: {
    readonly success: boolean;
    readonly errors: readonly { readonly code: number; readonly message: string }[];
    readonly messages: readonly string[];
    readonly result: unknown;
    readonly result_info?: object;
  };
};

/** Puts what was asked for into the envelope. */
export function give(result: unknown): Answer {
  return { status: 200, body: { success: true, errors: [], messages: [], result } };
}

/** Puts all that there is of a list into the envelope, as its only page. */
export function giveList(result: readonly unknown[]): Answer {
  const info = { page: 1, per_page: Math.max(20, result.length), count: result.length, total_count: result.length, total_pages: 1 };
  return { status: 200, body: { success: true, errors: [], messages: [], result, result_info: info } };
}

/** Why something is refused; a value, so that a rule can say no without knowing of HTTP. */
export type Refusal = { readonly refused: true; readonly status: number; readonly code: number; readonly message: string };

/** A no, with the number and the sentence that a client of Cloudflare sees. */
export function refuse(status: number, code: number, message: string): Refusal {
  return { refused: true, status, code, message };
}

/** Puts a no into the envelope. */
export function giveRefusal({ status, code, message }: Refusal): Answer {
  return { status, body: { success: false, errors: [{ code, message }], messages: [], result: null } };
}
