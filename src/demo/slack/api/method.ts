import type { App, View } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';
import type { Answer } from './answer.ts';
import type { Arguments } from './arguments.ts';

/** How often a method may be called: Slack's tiers in calls a minute, or its rule for posting. */
export type Tier = 1 | 2 | 3 | 4 | 'special' | 'posting';

/** What the workspace lets a method do beside looking at its state. */
export interface MethodDesk {
  readonly workspace: Workspace;
  /** Turns a trigger_id into the person who caused it, once and only for a short while. */
  spendTrigger(triggerId: string): { ok: true; user: string; view: View | null } | { ok: false; error: string };
  /** A WebSocket address that can be dialled once. */
  issueSocketUrl(): string;
  uploadUrl(ticket: string): string;
  /** Runs something soon, after the answer has gone out. */
  later(run: () => void): void;
}

export interface MethodCall extends MethodDesk {
  readonly app: App;
  readonly args: Arguments;
}

/** One Web API method: who may call it, how often, with what. */
export interface Method {
  tier: Tier;
  /** Any one of these scopes suffices; none means that every token may call it. */
  scopes: readonly string[];
  required: readonly string[];
  /** Without it the arguments of a JSON body are lost. */
  json: boolean;
  token?: 'bot' | 'app';
  run(call: MethodCall): Answer;
}

export type MethodTable = Record<string, Method>;
