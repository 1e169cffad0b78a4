import type { Patience } from '../clock.ts';
import { text } from '../state/blocks.ts';
import type { Failure } from '../interface.ts';
import type { Workspace } from '../state/workspace.ts';
import { createEvents, eventName } from './events.ts';
import { createPostOffice, type PostOffice } from './post-office.ts';
import { createSignedHttp, type Forgery, type SignedHttp } from './signed-http.ts';
import { createSocketMode, type SocketMode } from './socket-mode.ts';
import { eventsFor } from './subscriptions.ts';
import type { Transport } from './transport.ts';

export interface ExchangeParts {
  workspace: Workspace;
  patience: Patience;
  ackTimeoutMs: number;
  retryDelaysMs: readonly number[];
  /** Whether Slack is down, so that nothing is delivered. */
  isDown(): boolean;
  fail(kind: Failure['kind'], about: string, detail: string): void;
}

/** Everything between the workspace and the app: both ways of delivery, and the events that follow from what happens. */
export interface Exchange {
  readonly postOffice: PostOffice;
  readonly socketMode: SocketMode;
  setRequestUrl(url: string | null): Promise<void>;
  forgeSignature(how: Forgery): void;
  close(): Promise<void>;
}

export function createExchange(parts: ExchangeParts): Exchange {
  const { workspace, patience, ackTimeoutMs } = parts;
  const { ids } = workspace;
  let http: SignedHttp | null = null;
  let forged: Forgery | null = null;
  const socketMode = createSocketMode({
    ids,
    patience,
    ackTimeoutMs,
    appId: () => workspace.app?.id ?? '',
    onConnected: () => events.reconnected(),
    onUnknownEnvelope: (envelopeId) => parts.fail('unknown-envelope', envelopeId, 'the app acknowledged something that was never sent'),
  });
  const transport = (): Transport => (parts.isDown() ? nowhere : (http ?? socketMode));
  const postOffice = createPostOffice(ids, transport);
  const events = createEvents({
    ids,
    clock: workspace.clock,
    retryDelaysMs: parts.retryDelaysMs,
    deliver: (parcel) => postOffice.deliver(parcel),
    onGivenUp: (payload, detail) => parts.fail('event-given-up', `${eventName(payload)} ${text(payload.event_id)}`, detail),
  });
  workspace.listen((happening) => {
    for (const payload of eventsFor(workspace, happening)) events.publish(payload);
  });
  const takeForgery = () => {
    const how = forged;
    forged = null;
    return how;
  };
  return {
    postOffice,
    socketMode,
    async setRequestUrl(url) {
      await http?.close();
      http = null;
      if (url === null) return;
      if (!workspace.app) throw new Error('No app is installed yet: call install(manifest) before setting its request URL.');
      const next = createSignedHttp({ url, app: workspace.app, ids, patience, ackTimeoutMs, forgery: takeForgery });
      await next.verify();
      http = next;
    },
    forgeSignature(how) {
      forged = how;
    },
    async close() {
      events.close();
      await http?.close();
    },
  };
}

const nowhere: Transport = {
  deliver: () => Promise.resolve({ kind: 'not-connected', detail: 'Slack is down', reason: 'connection_failed' }),
};
