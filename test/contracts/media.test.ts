import { realClock } from '../../src/clock.ts';
import { openPagerDuty } from '../../src/demo/paging/pagerduty.ts';
import { createEmail } from '../../src/paging/email.ts';
import { createPagerDuty } from '../../src/paging/pagerduty.ts';
import { createSlackMedium } from '../../src/paging/slack.ts';
import { createWebhook } from '../../src/paging/webhook.ts';
import { openGateway } from '../paging/gateway.ts';
import { openMailHost } from '../paging/mail-host.ts';
import { openPageHouse } from '../paging/page-house.ts';
import { KNOWN, mediaContract, message } from './media-contract.ts';

const ROUTING_KEY = 'R0UT1NGKEY0000000000000000000000';

function only<Value>(value: Value): (contact: string) => Promise<Value> {
  return async (contact) =>
    contact === KNOWN ? await Promise.resolve(value) : await Promise.reject(new Error(`${contact} has no such address in rollbot.yml.`));
}

mediaContract('PagerDuty', async () => {
  const pagerDuty = await openPagerDuty([ROUTING_KEY]);
  return {
    port: createPagerDuty({ url: () => pagerDuty.url, keyOf: only(ROUTING_KEY) }),
    arrived: async () => await Promise.resolve(pagerDuty.incidents.map(({ key, summary }) => `${summary}\nmessage-id: ${key}`)),
    asked: () => pagerDuty.requests.length,
    next: (what) => pagerDuty.fails(({ busy: 429, refused: 400, lost: 'lost' } as const)[what]),
    disappears: async () => await pagerDuty.close(),
    secrets: [ROUTING_KEY],
    knowsDoubles: true,
    close: async () => await pagerDuty.close().catch(() => undefined),
  };
});

mediaContract('mail', async () => {
  const host = await openMailHost({ onAuth: (_auth, _session, done) => done(null, { user: 'rollbot' }) });
  const server = async () =>
    await Promise.resolve({ url: `smtp://rollbot:hunter2-secret@127.0.0.1:${host.port}`, from: 'rollbot@pitchey.example' });
  return {
    port: createEmail({ server }, (contact) => (contact === KNOWN ? 'mina@pitchey.example' : null)),
    arrived: async () => await Promise.resolve(host.received.map(({ raw }) => raw)),
    asked: () => host.begun(),
    next: (what) => host.next(what),
    disappears: async () => await host.close(),
    secrets: ['hunter2-secret'],
    knowsDoubles: false,
    close: async () => await host.close(),
  };
});

mediaContract('webhook', async () => {
  const secret = 'shared-with-the-gateway';
  const gateway = await openGateway(secret);
  return {
    port: createWebhook({ clock: realClock, hookOf: only({ url: gateway.url, secret, address: '+49 30 0000' }) }),
    arrived: async () =>
      await Promise.resolve(gateway.taken.map(({ headers, body }) => `${body}\nidempotency-key: ${String(headers['idempotency-key'])}`)),
    asked: () => gateway.asked(),
    next: (what) => gateway.next(({ busy: 503, refused: 400, lost: 'lost' } as const)[what]),
    disappears: async () => await gateway.close(),
    secrets: [secret],
    knowsDoubles: false,
    close: async () => await gateway.close().catch(() => undefined),
  };
});

mediaContract('Slack', async () => {
  const house = await openPageHouse();
  return {
    port: createSlackMedium(async (each) => await house.send(each)),
    arrived: async () => await Promise.resolve(house.arrived()),
    asked: () => house.asked(),
    next(what) {
      if (what === 'busy') house.faults.rateLimit('chat.postMessage', 3);
      if (what === 'refused') house.faults.refuse('chat.postMessage', 'account_inactive');
      if (what === 'lost') house.faults.executedButLost('chat.postMessage');
    },
    async disappears() {
      await house.faults.outage('refused');
      // A connection that was open before is lost and not refused.
      await house.send(message({ key: 'before' }));
    },
    secrets: [house.token],
    knowsDoubles: false,
    close: async () => await house.close(),
  };
});
