import { parsedJson, type Arguments } from '../api/arguments.ts';
import type { ApiReply } from '../api/dispatcher.ts';
import type { FaultList } from '../api/fault-list.ts';
import { readBody, type ApiRequest } from '../api/request-body.ts';
import type { ResponseUrls } from '../delivery/response-urls.ts';
import type { Call } from '../interface.ts';
import { isJson } from '../state/blocks.ts';
import type { Workspace } from '../state/workspace.ts';
import { plainReply } from './routes.ts';

export interface ResponderParts {
  workspace: Workspace;
  faults: FaultList;
  responseUrls: ResponseUrls;
  record(call: Call): void;
}

/** Answers posts to response addresses. In the log and for faults they go by the name `response_url`. */
export function createResponder(parts: ResponderParts): (path: string, request: ApiRequest) => Promise<ApiReply> {
  return async (path, request) => {
    const args = await argumentsOf(request);
    const faults = parts.faults.strike('response_url');
    const struck = faults.map(insteadOf).find((reply) => reply !== null);
    const { status, body } = struck ?? parts.responseUrls.use(path, args);
    const lost = !struck && faults.some((fault) => fault.kind === 'lose-answer');
    const ok = status === 200;
    parts.record({
      method: 'response_url',
      args: args ?? {},
      at: parts.workspace.clock.now(),
      status,
      answer: ok ? { ok } : { ok, error: body },
      executed: !struck && ok,
      lost,
    });
    const delayMs = faults.reduce((sum, fault) => sum + (fault.kind === 'slow' ? fault.ms : 0), 0);
    const reply = plainReply(status, body);
    const headers = { ...reply.headers, ...(struck?.seconds ? { 'retry-after': String(struck.seconds) } : {}) };
    return { ...reply, headers, reset: lost, delayMs };
  };
}

function insteadOf(fault: ReturnType<FaultList['strike']>[number]): { status: number; body: string; seconds?: number } | null {
  switch (fault.kind) {
    case 'refuse':
      return { status: 400, body: fault.error };
    case 'http':
      return { status: fault.status, body: 'server_error' };
    case 'rate-limit':
      return { status: 429, body: 'rate_limited', seconds: fault.seconds };
    case 'lose-answer':
    case 'refuse-afterwards':
    case 'slow':
      return null;
    default:
      return fault satisfies never;
  }
}

/** JSON, or a form whose `payload` is JSON; null for anything else. */
async function argumentsOf(request: ApiRequest): Promise<Arguments | null> {
  const read = await readBody(request);
  if (!read.ok) return null;
  const inner = read.form && typeof read.args.payload === 'string' ? parsedJson(read.args.payload) : read.args;
  return isJson(inner) ? inner : null;
}
