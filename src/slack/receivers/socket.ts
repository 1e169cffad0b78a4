import type { App } from '@slack/bolt';
import type { Clock, Log } from '../../core/ports.ts';
import type { Opening, Way } from './receiver.ts';
import { connect } from './socket-connection.ts';
import type { Connection, Envelope } from './socket-connection.ts';

export type SocketParts = { readonly appToken: string; readonly apiUrl?: string | undefined; readonly clock: Clock; readonly log: Log };

/** Slack ends each connection every few hours; begun apart, they do not end together, so that a click always finds one open. */
const STAGGER_MS = 30_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** Somebody has to mend something first, so asking often would help nobody. */
const PATIENT_MS = 60_000;
const PATIENT = new Set(['too_many_websockets', 'link_disabled']);
const EXPECTED = new Set(['warning', 'refresh_requested']);

const HOPELESS: Readonly<Record<string, string>> = {
  invalid_auth: 'Slack does not know the app token. Make one with connections:write under "Basic Information" and set SLACK_APP_TOKEN.',
  not_authed: 'The app token is empty. Set SLACK_APP_TOKEN to one with connections:write.',
  not_allowed_token_type: 'SLACK_APP_TOKEN holds a token of the wrong kind. An app token begins with xapp-.',
  missing_scope: 'The app token lacks connections:write. Make another one and set SLACK_APP_TOKEN.',
  account_inactive: 'The app was removed from the workspace. Install it again and set its tokens.',
  forbidden_team: 'The workspace does not allow Socket Mode for this app. Ask its administrators, or use HTTP.',
};

/** Two connections to Slack, each replaced as soon as it ends. */
export function createSocketWay(parts: SocketParts): Way {
  const station: Station = { parts, slots: [newSlot(), newSlot()], app: null, stopped: false };
  const { slots } = station;
  return {
    init(app) {
      station.app = app;
    },
    async start() {
      const [first, ...others] = slots;
      for (const [index, slot] of others.entries()) again(station, slot, STAGGER_MS * (index + 1));
      return first ? await open(station, first) : { status: 'later', says: 'no connection' };
    },
    async stop() {
      station.stopped = true;
      for (const slot of slots) {
        slot.cancel?.();
        slot.connection?.close();
      }
    },
    isOpen: () => slots.some(({ connection }) => connection?.isOpen() ?? false),
  };
}

type Slot = { connection: Connection | null; pauseMs: number; cancel: (() => void) | null };
type Station = { readonly parts: SocketParts; readonly slots: readonly Slot[]; app: App | null; stopped: boolean };

function newSlot(): Slot {
  return { connection: null, pauseMs: FIRST_PAUSE_MS, cancel: null };
}

async function open(station: Station, slot: Slot): Promise<Opening> {
  const { log } = station.parts;
  if (station.stopped) return { status: 'later', says: 'stopping' };
  const attempt = await connect({
    ...station.parts,
    onEnvelope: (envelope) => deliver(station, envelope),
    onEnding: (reason) => ending(station, slot, reason),
  });
  if (attempt.status === 'open') {
    if (station.stopped) attempt.connection.close();
    slot.connection = attempt.connection;
    slot.pauseMs = FIRST_PAUSE_MS;
    return { status: 'open', port: null };
  }
  const hopeless = Object.hasOwn(HOPELESS, attempt.error) ? HOPELESS[attempt.error] : undefined;
  if (hopeless === undefined) log.warn({ says: attempt.says }, 'Slack could not be connected to');
  else log.error({ says: hopeless }, 'Slack could not be connected to');
  again(station, slot, hopeless === undefined ? slot.pauseMs : PATIENT_MS);
  slot.pauseMs = Math.min(slot.pauseMs * 2, LONGEST_PAUSE_MS);
  return hopeless === undefined ? { status: 'later', says: attempt.says } : { status: 'refused', says: hopeless };
}

function ending(station: Station, slot: Slot, reason: string): void {
  const isExpected = EXPECTED.has(reason);
  if (!isExpected) station.parts.log.warn({ reason }, 'a connection to Slack has ended');
  again(station, slot, PATIENT.has(reason) ? PATIENT_MS : isExpected ? 0 : FIRST_PAUSE_MS);
}

function again(station: Station, slot: Slot, ms: number): void {
  if (station.stopped) return;
  slot.cancel?.();
  slot.cancel = station.parts.clock.after(ms, () => void open(station, slot));
}

function deliver({ app, parts }: Station, { body, ack, retry_num, retry_reason }: Envelope): void {
  const event = {
    body,
    ack: async (answer?: Record<string, unknown>) => await ack(answer),
    ...(retry_num !== undefined && { retryNum: retry_num }),
    ...(retry_reason !== undefined && { retryReason: retry_reason }),
  };
  app?.processEvent(event).catch((error: unknown) => parts.log.error({ error }, 'a delivery could not be handled'));
}
