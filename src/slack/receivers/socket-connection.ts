import { SocketModeClient } from '@slack/socket-mode';
import { WebAPIPlatformError } from '@slack/web-api';
import type { Clock, Log } from '../../core/ports.ts';
import { within } from '../deadline.ts';
import { sdkLogger } from '../sdk-logger.ts';

export type Envelope = {
  readonly body: Record<string, unknown>;
  readonly ack: (answer?: Record<string, unknown>) => Promise<void>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
};

export type ConnectionParts = {
  readonly appToken: string;
  readonly apiUrl?: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly onEnvelope: (envelope: Envelope) => void;
  /** Called once, when Slack says that this connection will end or when it has ended; `reason` is Slack's own word. */
  readonly onEnding: (reason: string) => void;
};

export type Connection = { isOpen(): boolean; close(): void };
export type Attempt =
  | { readonly status: 'open'; readonly connection: Connection }
  | { readonly status: 'failed'; readonly error: string; readonly says: string };

const HELLO_MS = 20_000;
const TIMEOUT_MS = 10_000;
/**
 * The SDK measures this at its next ping, before it has read what came in meanwhile. With its own 5 s, a machine that stands
 * still for that long would lose all connections at once, although nothing is wrong with them.
 */
const PONG_MS = 15_000;

/** Opens one connection; when it ends a new one is made, because the SDK's own repetitions wait too long and can end the process. */
export async function connect(parts: ConnectionParts): Promise<Attempt> {
  const { clock, log } = parts;
  const client = new Client(parts);
  const life = { open: false, ended: false };
  const end = (reason: string): void => {
    if (!life.ended && life.open) parts.onEnding(reason);
    life.ended = true;
  };
  client.on('slack_event', parts.onEnvelope);
  client.on('ending', end);
  client.on('disconnected', () => end('closed'));
  const connection: Connection = {
    isOpen: () => life.open && !life.ended,
    close() {
      life.ended = true;
      client.disconnect().catch((error: unknown) => log.debug({ error }, 'a connection did not close in order'));
    },
  };
  const started = client.start().then(
    () => 'open' as const,
    (error: unknown) => ({ error }),
  );
  const result = await within(clock, HELLO_MS, started, { error: new Error('no hello in time') });
  if (result === 'open' && !life.ended) {
    life.open = true;
    return { status: 'open', connection };
  }
  connection.close();
  return failureOf(result === 'open' ? new Error('closed at once') : result.error);
}

function failureOf(error: unknown): Attempt {
  const says = error instanceof Error ? error.message : String(error);
  return { status: 'failed', error: error instanceof WebAPIPlatformError ? error.data.error : 'unreachable', says };
}

/** Tells when Slack announces the end of a connection, and survives messages that the SDK can't read. */
class Client extends SocketModeClient {
  readonly #log: Log;

  constructor({ appToken, apiUrl, log }: ConnectionParts) {
    super({
      appToken,
      autoReconnectEnabled: false,
      clientPingTimeout: PONG_MS,
      logger: sdkLogger(log),
      clientOptions: {
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: TIMEOUT_MS,
        ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
      },
    });
    this.#log = log;
  }

  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const reason = isBinary ? null : endingIn(data);
    if (reason !== null) this.emit('ending', reason);
    try {
      await super.onWebSocketMessage(data, isBinary);
    } catch (error) {
      this.#log.warn({ error }, 'a message of the connection could not be read');
    }
  }
}

/** Slack's word for why it is about to end the connection, or null for every other message. */
function endingIn(data: string | ArrayBuffer): string | null {
  const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
  if (!text.includes('"disconnect"')) return null;
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'disconnect') return null;
    return 'reason' in message && typeof message.reason === 'string' ? message.reason : 'unknown';
  } catch {
    return null;
  }
}
