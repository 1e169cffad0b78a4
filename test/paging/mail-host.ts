import type { Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';

export type Received = { readonly from: string; readonly to: readonly string[]; readonly raw: string; readonly secure: boolean };

/** A real mail server on loopback that keeps what it takes. */
export type MailHost = {
  readonly port: number;
  readonly received: readonly Received[];
  /** How many mails were begun. */
  begun(): number;
  /** What happens to the next one: a word of the server, or a connection that is lost once it has all of it. */
  next(what: 'busy' | 'refused' | 'lost'): void;
  close(): Promise<void>;
};

/** Opens it; a mailbox called nobody does not exist, and one called busy takes nothing now. */
export async function openMailHost(options: SMTPServerOptions = {}): Promise<MailHost> {
  const received: Received[] = [];
  const faults: ('busy' | 'refused' | 'lost')[] = [];
  const sockets = new Set<Socket>();
  let begun = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onMailFrom(_address, _session, done) {
      begun += 1;
      const fault = faults[0] === 'lost' ? undefined : faults.shift();
      if (fault === undefined) return done();
      return done(Object.assign(new Error('Not now'), { responseCode: fault === 'busy' ? 451 : 550 }));
    },
    onRcptTo({ address }, _session, done) {
      if (address.startsWith('nobody@')) return done(Object.assign(new Error('No such mailbox here'), { responseCode: 550 }));
      if (address.startsWith('busy@')) return done(Object.assign(new Error('Try again later'), { responseCode: 451 }));
      return done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (faults.shift() === 'lost') return sockets.forEach((socket) => socket.destroy());
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
          secure: session.secure,
        });
        return done();
      });
    },
    ...options,
  });
  // Who does not trust its certificate goes away in the middle of a word.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const next = (what: 'busy' | 'refused' | 'lost'): void => void faults.push(what);
  return {
    port,
    received,
    begun: () => begun,
    next,
    close: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
