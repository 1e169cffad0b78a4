import type { Call } from '../interface.ts';
import { methods } from '../methods/table.ts';
import { isJson } from '../state/blocks.ts';
import type { App, Json } from '../state/model.ts';
import { refuse, refuseArguments, refuseScope, type Answer } from './answer.ts';
import { missingOf, textOf, type Arguments } from './arguments.ts';
import type { Fault, FaultList } from './fault-list.ts';
import type { Method, MethodDesk } from './method.ts';
import type { RateLimits } from './rate-limits.ts';
import { readBody, type ApiRequest, type ReadBody } from './request-body.ts';

/** What goes back over the wire; `reset` cuts the connection instead. */
export interface ApiReply {
  status: number;
  headers: Record<string, string>;
  body: string;
  reset: boolean;
  delayMs: number;
}

export interface DispatcherParts {
  desk: MethodDesk;
  faults: FaultList;
  limits: RateLimits;
  record(call: Call): void;
}

/** Answers Web API calls: first what was told to go wrong, then who is asking, how often, with what, and only then the method itself. */
export function createDispatcher(parts: DispatcherParts): (request: ApiRequest) => Promise<ApiReply> {
  return async (request) => {
    const read = await readBody(request);
    const faults = parts.faults.strike(request.method);
    const instead = faults.map(insteadOf).find((found) => found !== null);
    const outcome = instead ?? carryOut(parts, request, read);
    const after = instead ? outcome : afterwards(outcome, faults);
    const reset = !instead && faults.some((fault) => fault.kind === 'lose-answer');
    const { token: _, ...args } = read.ok ? read.args : {};
    const at = parts.desk.workspace.clock.now();
    parts.record({
      method: request.method,
      args,
      at,
      status: after.status,
      answer: after.answer,
      executed: outcome.executed,
      lost: reset,
    });
    const delayMs = faults.reduce((sum, fault) => sum + (fault.kind === 'slow' ? fault.ms : 0), 0);
    return { ...wire(parts, after), reset, delayMs };
  };
}

interface Outcome {
  status: number;
  answer: Answer;
  executed: boolean;
  html?: string;
  headers?: Record<string, string>;
}

function insteadOf(fault: Fault): Outcome | null {
  switch (fault.kind) {
    case 'refuse':
      return { status: 200, answer: refuse(fault.error, fault.extra), executed: false };
    case 'http':
      return { status: fault.status, answer: refuse(`http_${fault.status}`), executed: false, html: troublePage };
    case 'rate-limit':
      return rateLimited(fault.seconds);
    case 'lose-answer':
    case 'refuse-afterwards':
    case 'slow':
      return null;
    default:
      return fault satisfies never;
  }
}

const troublePage = '<!DOCTYPE html><html><head><title>Server Error | Slack</title></head><body>Something went wrong.</body></html>';

function carryOut(parts: DispatcherParts, request: ApiRequest, read: ReadBody): Outcome {
  const method = methods[request.method];
  if (!method) return said(refuse('unknown_method', { req_method: request.method }));
  if (!read.ok) return said(refuse(read.error));
  const app = tokenOwner(parts, method, request, read.args);
  if ('error' in app) return said(app);
  const args = read.form || method.json ? read.args : {};
  const seconds = parts.limits.take(request.method, method.tier, textOf(args, 'channel'));
  if (seconds > 0) return rateLimited(seconds);
  const scopes = { 'x-oauth-scopes': app.app.scopes.join(','), 'x-accepted-oauth-scopes': method.scopes.join(',') };
  const refusal = argumentRefusal(method, app.app, args);
  if (refusal) return { ...said(withWarnings(refusal, read.warnings)), headers: scopes };
  const answer = method.run({ ...parts.desk, app: app.app, args });
  return { status: 200, answer: withWarnings(answer, read.warnings), executed: answer.ok, headers: scopes };
}

function argumentRefusal(method: Method, app: App, args: Arguments): Answer | null {
  if (method.scopes.length > 0 && !method.scopes.some((scope) => app.scopes.includes(scope))) return refuseScope(method.scopes, app.scopes);
  const missing = missingOf(args, method.required);
  return missing.length > 0 ? refuseArguments(missing.map((name) => `missing required field: ${name}`)) : null;
}

/** The app behind the token, which is in the header or, except for app-level tokens, an argument. */
function tokenOwner(
  parts: DispatcherParts,
  method: Method,
  request: ApiRequest,
  args: Arguments,
): { app: App } | (Answer & { error: string }) {
  const header = /^Bearer\s+(\S+)$/i.exec(request.authorization)?.[1] ?? '';
  const token = header || textOf(args, 'token');
  const { app } = parts.desk.workspace;
  if (method.token === 'app' && request.verb !== 'POST') return refuse('insecure_request');
  if (token === '') return refuse('not_authed');
  if (method.token === 'app' && header === '') return refuse('missing_args');
  if (!app || (token !== app.botToken && token !== app.appToken)) return refuse('invalid_auth');
  if (app.revoked) return refuse('token_revoked');
  return token === (method.token === 'app' ? app.appToken : app.botToken) ? { app } : refuse('not_allowed_token_type');
}

function afterwards(outcome: Outcome, faults: readonly Fault[]): Outcome {
  const refusal = faults.find((fault) => fault.kind === 'refuse-afterwards');
  return refusal ? { ...outcome, answer: refuse(refusal.error) } : outcome;
}

function rateLimited(seconds: number): Outcome {
  return { status: 429, answer: refuse('ratelimited'), executed: false, headers: { 'retry-after': String(seconds) } };
}

function said(answer: Answer): Outcome {
  return { status: 200, answer, executed: false };
}

function withWarnings(answer: Answer, warnings: readonly string[]): Answer {
  if (warnings.length === 0) return answer;
  const known = answer.response_metadata;
  const metadata: Json = { ...(isJson(known) ? known : {}), warnings };
  return { ...answer, warning: warnings.join(','), response_metadata: metadata };
}

function wire(parts: DispatcherParts, outcome: Outcome): Pick<ApiReply, 'status' | 'headers' | 'body'> {
  const type = outcome.html ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  return {
    status: outcome.status,
    headers: { 'content-type': type, 'x-slack-req-id': parts.desk.workspace.ids.hex(32), ...outcome.headers },
    body: outcome.html ?? JSON.stringify(outcome.answer),
  };
}
