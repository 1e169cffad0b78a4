import type { Json } from '../state/model.ts';

/** What a Web API call answers with, before anything is added on the way out. */
export type Answer = Json & { ok: boolean };

/** An answer in which Slack says no, with the code that the app can react to. */
export interface Refusal extends Json {
  ok: false;
  error: string;
}

export function refuse(error: string, extra: Json = {}): Refusal {
  return { ok: false, error, ...extra };
}

/** Refuses arguments the way Slack's schema does: a general code, and what is wrong in the messages. */
export function refuseArguments(messages: readonly string[], marker: '[ERROR] ' | '' = '[ERROR] '): Refusal {
  return refuse('invalid_arguments', { response_metadata: { messages: messages.map((message) => marker + message) } });
}

export function refuseScope(needed: readonly string[], provided: readonly string[]): Refusal {
  return refuse('missing_scope', { needed: needed.join(','), provided: provided.join(',') });
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === false;
}

export function accept(content: Json = {}): Answer {
  return { ok: true, ...content };
}
