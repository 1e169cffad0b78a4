import { expect } from 'vitest';
import { CHANNEL, group, MINUTE, openAlerts, send, sendSigned, standing } from './alert-scene.ts';
import { furniture, isAsked, nothingIsOwed } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const TAKEN = [202, { taken: true }] as const;

story('an alert reaches the channel once, is brought up to date there, and is resolved', async ({ world }) => {
  const { dana, clock } = world;
  await openAlerts(world);
  expect(await send(world, group('BannerBroken', { front: 'firing' }))).toEqual(TAKEN);
  const first = await dana.sees(/BannerBroken[^]*1 firing[^]*front is not well/, { in: CHANNEL });
  expect(first.buttons).toEqual(['Roll back…', 'Open incident', 'Silence 1 h']);

  expect(await send(world, group('BannerBroken', { front: 'firing', back: 'firing' }))).toEqual(TAKEN);
  await dana.sees(/2 firing[^]*said again once/, { in: CHANNEL });
  clock.advance(MINUTE);
  await send(world, group('BannerBroken', { front: 'resolved', back: 'firing' }));
  await dana.sees(/1 firing, 1 resolved/, { in: CHANNEL });
  clock.advance(MINUTE);
  await send(world, group('BannerBroken', { front: 'resolved', back: 'resolved' }));
  const last = await dana.sees(/Resolved/, { in: CHANNEL });
  expect(last.buttons).toEqual([]);
  await nothingIsOwed(world);
  expect(standing(world, /BannerBroken/)).toHaveLength(1);

  clock.advance(20 * MINUTE);
  await send(world, group('BannerBroken', { front: 'firing' }, '2026-11-24T03:25:00Z'));
  await dana.sees(/1 firing/, { in: CHANNEL });
  expect(standing(world, /BannerBroken/)).toHaveLength(2);
});

story('Grafana is heard as well, and what nobody has signed is not', async ({ world }) => {
  const { dana } = world;
  await openAlerts(world);
  const body = { ...group('ShopBroken', { till: 'firing' }), version: '1', state: 'alerting' };
  expect(await send(world, body, { 'x-grafana-alerting-signature': 'f'.repeat(64) }, 'grafana')).toMatchObject([
    401,
    { says: expect.stringContaining('does not have the secret of grafana') },
  ]);
  expect(await sendSigned(world, body)).toEqual(TAKEN);
  await dana.sees(/ShopBroken[^]*from grafana/, { in: CHANNEL });
  await nothingIsOwed(world);
  expect(standing(world, /ShopBroken/)).toHaveLength(1);
});

story('what can not be read is kept, and said in the channel once an hour', async ({ world }) => {
  const { dana, clock } = world;
  await openAlerts(world);
  expect(await send(world, { hello: 'world' })).toMatchObject([
    422,
    { says: expect.stringContaining('not what the webhook of Alertmanager sends') },
  ]);
  await dana.sees(/Something from prometheus could not be read/, { in: CHANNEL });
  for (let minutes = 0; minutes < 55; minutes += 5) {
    clock.advance(5 * MINUTE);
    expect((await send(world, { hello: 'again' }))[0]).toBe(422);
  }
  await nothingIsOwed(world);
  expect(standing(world, /could not be read/)).toHaveLength(1);
  clock.advance(10 * MINUTE);
  await send(world, { hello: 'at last' });
  await dana.sees(/13 such deliveries are kept/, { in: CHANNEL });
});

story('Slack is down while alerts come: they are taken, and stand there once it is back', async ({ world }) => {
  const { dana, slack, clock } = world;
  await openAlerts(world);
  await slack.faults.outage('refused');
  expect(await send(world, group('BannerBroken', { front: 'firing' }))).toEqual(TAKEN);
  expect(await send(world, group('ShopBroken', { till: 'firing' }))).toEqual(TAKEN);
  clock.advance(MINUTE);
  expect(await send(world, group('ShopBroken', { till: 'resolved' }))).toEqual(TAKEN);
  clock.advance(MINUTE);
  await slack.faults.recover();
  clock.advance(2 * MINUTE);
  await dana.sees(/BannerBroken[^]*1 firing/, { in: CHANNEL });
  await nothingIsOwed(world);
  // What came and went meanwhile is said once, with its times.
  await dana.sees(/ShopBroken[^]*Resolved [^]*03:02[^]*since [^]*03:01/, { in: CHANNEL });
  expect([standing(world, /BannerBroken/), standing(world, /ShopBroken/)]).toMatchObject([[{}], [{ buttons: [] }]]);
  await world.restarts();
  await nothingIsOwed(world);
  expect(standing(world, /ShopBroken/)).toHaveLength(1);
});

story('the bot is started again: it goes on with the message that stands there', async ({ world }) => {
  const { dana, clock } = world;
  await openAlerts(world);
  await send(world, group('BannerBroken', { front: 'firing' }));
  await dana.sees(/1 firing/, { in: CHANNEL });
  await world.restarts();
  await send(world, group('BannerBroken', { front: 'resolved' }));
  clock.advance(MINUTE);
  await dana.sees(/Resolved/, { in: CHANNEL });
  expect(standing(world, /BannerBroken/)).toHaveLength(1);
});

story('three hundred groups are ten messages and one more, which counts them and is over in its time', async ({ world }) => {
  const { dana, slack, clock } = world;
  await openAlerts(world);
  const names = Array.from({ length: 300 }, (_, index) => `Group${String(index).padStart(3, '0')}`);
  slack.expects(/Group\d+/);
  slack.expects(/storm of alerts/i);
  await sendAll(
    world,
    names.map((name) => group(name, { front: 'firing', back: 'firing' })),
  );
  await expect
    .poll(
      () => {
        clock.advance(10_000);
        return standing(world, /300 groups with 600 alerts[^]*290 groups are held back[^]*290 of them are still firing/).length;
      },
      { timeout: 60_000 },
    )
    .toBe(1);
  expect(standing(world, /Group\d+/)).toHaveLength(10);
  const posted = slack.calls.filter(({ method }) => method === 'chat.postMessage').length;
  expect(posted).toBeLessThan(20);

  await sendAll(
    world,
    names.map((name) => group(name, { front: 'resolved', back: 'resolved' })),
  );
  await expect
    .poll(
      () => {
        clock.advance(MINUTE);
        return [
          standing(world, /storm of alerts is over[^]*0 of them are still firing, 290 resolved/).length,
          standing(world, /Group\d+[^]*Resolved/).length,
        ];
      },
      { timeout: 60_000 },
    )
    .toEqual([1, 10]);
  expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(posted);
  await dana.sees(/storm of alerts is over/, { in: CHANNEL });
});

story('dana presses Roll back…, and the form offers what rollbot.yml maps to this alert', async ({ world }) => {
  const { dana, omar, shop, slack } = world;
  furniture(world);
  await openAlerts(world);
  slack.expects(/BannerBroken/);
  await send(world, group('BannerBroken', { front: 'firing' }));
  await dana.sees(/BannerBroken/, { in: CHANNEL });
  await dana.clicks('Roll back…', { in: CHANNEL });
  const form = await dana.sees(/Procedure[^]*Clears the banner's cache/, { in: 'view' });
  expect(JSON.stringify(form.blocks)).not.toContain('Stock rollback');
  expect(await dana.submits({ 'Why?': 'the alert says so' })).toEqual({ status: 'closed' });
  await dana.sees(/Started banner/);
  await isAsked(omar, 'Clear the banner');
  await omar.clicks('Approve');
  await dana.sees(/done and verified/i);
  expect(await shop.diary()).toEqual(['banner cache cleared', 'banner plain']);
  await dana.sees(/BannerBroken[^]*Incident #inc-[^]*by dana/, { in: CHANNEL });
});

story('dana opens an incident for an alert, and rolls back in it', async ({ world }) => {
  const { dana, lee, slack } = world;
  furniture(world);
  await openAlerts(world);
  await send(world, group('ShopBroken', { till: 'firing' }));
  await dana.sees(/ShopBroken/, { in: CHANNEL });
  await lee.clicks('Open incident', { in: CHANNEL });
  await lee.sees(/You are not in a role that may do this[^]*lead-developer/, { in: CHANNEL });
  await dana.clicks('Open incident', { in: CHANNEL });
  await dana.sees(/The incident is open/, { in: CHANNEL });
  const alert = await dana.sees(/ShopBroken[^]*Incident #inc-[^]*by dana/, { in: CHANNEL });
  expect(alert.buttons).toEqual(['Roll back…', 'Silence 1 h']);
  const channel = dana.screen().channels.find(({ name }) => name.startsWith('#inc-'))?.name ?? '';

  slack.expects(/Stock rollback/);
  await dana.clicks('Roll back…', { in: CHANNEL });
  await dana.sees(/Procedure/, { in: 'view' });
  await dana.fills({ Procedure: 'Stock rollback (stock)' });
  await dana.sees('Target', { in: 'view' });
  expect(await dana.submits()).toEqual({ status: 'closed' });
  await dana.sees(/Started stock/);
  await dana.sees(/Stock rollback on production/, { in: channel });
  expect(dana.screen().channels.filter(({ name }) => name.startsWith('#inc-'))).toHaveLength(1);
});

story('dana silences an alert for an hour: it is brought up to date in its message, and after that it speaks again', async ({ world }) => {
  const { dana, lee, clock } = world;
  await openAlerts(world);
  await send(world, group('ShopBroken', { till: 'firing' }));
  await dana.sees(/ShopBroken/, { in: CHANNEL });
  await lee.clicks('Silence 1 h', { in: CHANNEL });
  await lee.sees(/You are not in a role that may do this/, { in: CHANNEL });
  await dana.clicks('Silence 1 h', { in: CHANNEL });
  await dana.sees(/It is silenced for an hour/, { in: CHANNEL });
  await dana.sees(/Silenced until [^]*by dana/, { in: CHANNEL });

  clock.advance(5 * MINUTE);
  await send(world, group('ShopBroken', { till: 'resolved' }));
  await dana.sees(/ShopBroken[^]*Resolved/, { in: CHANNEL });
  clock.advance(10 * MINUTE);
  await send(world, group('ShopBroken', { till: 'firing' }, '2026-11-24T03:20:00Z'));
  await dana.sees(/1 firing[^]*came back once/, { in: CHANNEL });
  clock.advance(5 * MINUTE);
  await send(world, group('ShopBroken', { till: 'resolved' }, '2026-11-24T03:20:00Z'));
  await dana.sees(/Resolved/, { in: CHANNEL });
  expect(standing(world, /ShopBroken/)).toHaveLength(1);

  clock.advance(60 * MINUTE);
  await send(world, group('ShopBroken', { till: 'firing' }, '2026-11-24T04:25:00Z'));
  await dana.sees(/1 firing/, { in: CHANNEL });
  expect(standing(world, /ShopBroken/)).toHaveLength(2);
  expect(standing(world, /Silenced/)).toEqual([]);
});

story('the hour is over and it fires still: it says so in a new message, and the one before leads to it', async ({ world }) => {
  const { dana, clock } = world;
  await openAlerts(world);
  await send(world, group('ShopBroken', { till: 'firing' }));
  await dana.sees(/ShopBroken/, { in: CHANNEL });
  await dana.clicks('Silence 1 h', { in: CHANNEL });
  await dana.sees(/It is silenced for an hour/, { in: CHANNEL });
  await dana.sees(/Silenced until [^]*by dana/, { in: CHANNEL });
  clock.advance(61 * MINUTE);
  await dana.sees(/It goes on below/, { in: CHANNEL });
  const buttons = (): unknown => [clock.advance(1000), ...standing(world, /ShopBroken/).map((message) => message.buttons)].slice(1);
  await expect.poll(buttons, { timeout: 60_000 }).toEqual([[], ['Roll back…', 'Open incident', 'Silence 1 h']]);
  await send(world, group('ShopBroken', { till: 'resolved' }));
  clock.advance(MINUTE);
  await dana.sees(/Resolved/, { in: CHANNEL });
  expect(standing(world, /ShopBroken/)).toHaveLength(2);
});

/** Sends many groups, some at once as several senders do; all of them are taken. */
async function sendAll(world: LightWorld, groups: readonly object[]): Promise<void> {
  for (let from = 0; from < groups.length; from += 30) {
    const answers = await Promise.all(groups.slice(from, from + 30).map(async (each) => await send(world, each)));
    expect(answers.filter(([status]) => status !== 202)).toEqual([]);
  }
}
