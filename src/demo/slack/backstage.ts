import type { Person } from './interface.ts';
import type { ChannelSeed, GroupSeed, PersonSeed } from './seed.ts';

/** Makes the workspace misbehave. A method is a name, a family such as `chat.*`, or `*`. Each fault strikes once unless `times` says otherwise. */
export interface Faults {
  /** Answers with Slack's own error instead of carrying the call out. */
  refuse(method: string, error: string, how?: FaultCount & { extra?: Record<string, unknown> }): void;
  /** Answers with an HTTP status and an HTML page. */
  http(method: string, status: number, how?: FaultCount): void;
  rateLimit(method: string, retryAfterSeconds: number, how?: FaultCount): void;
  /** Carries the call out, then resets the connection. */
  executedButLost(method: string, how?: FaultCount): void;
  /** Carries the call out, then answers with an error such as `fatal_error`. */
  executedButRefused(method: string, error: string, how?: FaultCount): void;
  /** Holds the answer back for so many real milliseconds. */
  slow(method: string, ms: number, how?: FaultCount): void;
  /** Slack is gone: connections are reset (or refused, or answered with 503) and sockets are cut, until `recover`. */
  outage(how?: 'reset' | 'refused' | 'unavailable'): Promise<void>;
  recover(): Promise<void>;
  /** Sends the disconnect message of that reason to every connection, or cuts them without a word. */
  disconnectSockets(reason: 'warning' | 'refresh_requested' | 'link_disabled' | 'cut'): void;
  /** Delivers again what was delivered last (or the last of that type): the same envelope, or for an event also as a new event_id. */
  redeliver(what?: { type?: string; as?: 'same-envelope' | 'new-event-id' }): Promise<void>;
  /** Delivers the next payloads (of that type, such as `block_actions`) twice, with the same ids, at the same time. */
  deliverTwice(how?: FaultCount & { type?: string }): void;
  /** Signs the next HTTP delivery wrongly: with another secret, ten minutes ago, or not at all. */
  forgeSignature(how: 'wrong' | 'stale' | 'missing'): void;
  /** Forgets every fault that has not struck yet. */
  clear(): void;
}

export interface FaultCount {
  times?: number;
}

/** What the workspace's own administrators can change while the app runs. */
export interface Admin {
  addPerson(seed: PersonSeed): Person;
  addChannel(seed: ChannelSeed): string;
  addMember(channel: string, person: string): void;
  removeMember(channel: string, person: string): void;
  archive(channel: string): void;
  deactivate(person: string): void;
  setGroup(seed: GroupSeed): string;
  /** Turns user groups off, as on a free plan. */
  setPlan(plan: 'free' | 'paid'): void;
  revokeTokens(): void;
}
