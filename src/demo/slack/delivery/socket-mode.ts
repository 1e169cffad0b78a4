import { WebSocket, type RawData } from 'ws';
import { parsedJson } from '../api/arguments.ts';
import type { Patience } from '../clock.ts';
import { isJson, text } from '../state/blocks.ts';
import type { Ids } from '../state/ids.ts';
import type { Json } from '../state/model.ts';
import type { Acknowledgement, Parcel, Transport, Undelivered } from './transport.ts';

export interface SocketModeParts {
  ids: Ids;
  patience: Patience;
  ackTimeoutMs: number;
  appId(): string;
  onConnected(): void;
  /** An acknowledgement of something that was never sent. */
  onUnknownEnvelope(envelopeId: string): void;
}

/** Socket Mode's server side. */
export interface SocketMode extends Transport {
  accept(socket: WebSocket): void;
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled' | 'cut'): void;
  connections(): number;
}

interface Waiting {
  socket: WebSocket;
  settle(acknowledgement: Acknowledgement): void;
}

const connectionsMax = 10;

/** Delivers each payload to any one of the open connections, and waits for its acknowledgement there. */
export function createSocketMode(parts: SocketModeParts): SocketMode {
  const sockets = new Set<WebSocket>();
  /** Whose end was announced: they get nothing more while there is another. */
  const leaving = new WeakSet<WebSocket>();
  const waiting = new Map<string, Waiting[]>();
  const known = new Set<string>();

  function deliver(parcel: Parcel): Promise<Acknowledgement> {
    const staying = stayingOnes();
    const open = staying.length > 0 ? staying : [...sockets];
    const socket = open[parts.ids.below(open.length)];
    if (!socket) return Promise.resolve(closed('no Socket Mode connection was open', false));
    const envelopeId = parcel.envelopeId ?? parts.ids.uuid();
    known.add(envelopeId);
    socket.send(JSON.stringify(envelopeOf({ ...parcel, envelopeId })));
    return acknowledged(envelopeId, socket);
  }

  function stayingOnes(): WebSocket[] {
    return [...sockets].filter((socket) => !leaving.has(socket));
  }

  function acknowledged(envelopeId: string, socket: WebSocket): Promise<Acknowledgement> {
    return new Promise((resolve) => {
      const late: Undelivered = { kind: 'missed-ack', detail: `no ack within ${parts.ackTimeoutMs} ms`, reason: 'timeout' };
      const relax = parts.patience(parts.ackTimeoutMs, () => entry.settle(late));
      const entry: Waiting = {
        socket,
        settle(acknowledgement) {
          relax();
          const rest = (waiting.get(envelopeId) ?? []).filter((other) => other !== entry);
          if (rest.length > 0) waiting.set(envelopeId, rest);
          else waiting.delete(envelopeId);
          resolve(acknowledgement);
        },
      };
      waiting.set(envelopeId, [...(waiting.get(envelopeId) ?? []), entry]);
    });
  }

  function receive(socket: WebSocket, data: RawData): void {
    const message = parsedJson(rawText(data));
    const envelopeId = isJson(message) ? text(message.envelope_id) : '';
    const entries = waiting.get(envelopeId) ?? [];
    const entry = entries.find((candidate) => candidate.socket === socket) ?? entries[0];
    if (entry) entry.settle({ kind: 'acked', body: isJson(message) ? message.payload : undefined });
    else if (!known.has(envelopeId)) parts.onUnknownEnvelope(envelopeId);
  }

  function drop(socket: WebSocket): void {
    sockets.delete(socket);
    for (const entry of [...waiting.values()].flat()) {
      if (entry.socket === socket) entry.settle(closed('the connection closed before the ack', true));
    }
  }

  return {
    deliver,
    accept(socket) {
      if (sockets.size >= connectionsMax) {
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', num_connections: sockets.size }));
        socket.close();
        return;
      }
      sockets.add(socket);
      socket.on('message', (data) => receive(socket, data));
      socket.on('close', () => drop(socket));
      socket.on('error', () => drop(socket));
      socket.send(JSON.stringify(helloOf(sockets.size, parts.appId())));
      parts.onConnected();
    },
    disconnect(reason) {
      for (const socket of sockets) {
        if (reason === 'cut') {
          socket.terminate();
          continue;
        }
        leaving.add(socket);
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-1' } }));
        if (reason !== 'warning') socket.close();
      }
    },
    connections: () => stayingOnes().length,
  };
}

function closed(detail: string, cut: boolean): Undelivered {
  return { kind: 'not-connected', detail, reason: 'connection_failed', cut };
}

function envelopeOf(parcel: Parcel): Json {
  const { type, payload, envelopeId, retry } = parcel;
  if (type !== 'events_api') return { envelope_id: envelopeId, type, payload, accepts_response_payload: true };
  const attempt = { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' };
  return { envelope_id: envelopeId, type, payload, accepts_response_payload: false, ...attempt };
}

function helloOf(connections: number, appId: string): Json {
  return {
    type: 'hello',
    num_connections: connections,
    debug_info: { host: 'applink-1', build_number: 1, approximate_connection_time: 18_060 },
    connection_info: { app_id: appId },
  };
}

function rawText(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString();
}
