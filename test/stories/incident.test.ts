import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { json, startJsonServer } from '../readings/json-server.ts';
import { group, MINUTE, openAlerts, send } from './alert-scene.ts';
import { furniture, isAsked, nothingIsOwed } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

story('an alert becomes an incident, which is led, told, closed by its checklist, and written up', async ({ world }) => {
  const { dana, omar, mina, priya, clock } = world;
  furniture(world);
  const figures = await startJsonServer(json({ error_rate: 0.14 }));
  await openAlerts(world, settingsWith(figures.url, channelIdOf(world, '#ops')));

  // The alert, and the incident that somebody makes of it.
  await send(world, group('BannerBroken', { front: 'firing' }));
  await dana.sees(/BannerBroken[^]*1 firing/, { in: '#general' });
  await dana.clicks('Open incident', { in: '#general' });
  await dana.sees(/The incident is open/);
  await dana.sees(/Opened by dana/);
  const channel = incidentChannel(world);

  // How bad it is, and who does what.
  await dana.types('/incident severity sev9', { in: channel });
  await dana.sees(/There is no severity "sev9"[^]*Expected sev1 or sev3/);
  await dana.types('/incident severity sev1', { in: channel });
  await dana.sees(/The severity is sev1 now: Major incident/);
  await mina.sees(/sev1: Major incident, set by dana/, { in: channel });
  await dana.types('/incident role commander', { in: channel });
  await dana.sees(/You are commander/);
  await dana.types('/incident role scribe @priya', { in: channel });
  await dana.sees(/priya is scribe of this incident now/);
  await priya.types('/incident role commander', { in: channel });
  await priya.sees(/Only lead-developer may command an incident/);
  await dana.sees(/commander dana · scribe priya/, { in: channel });

  // What people say joins the timeline in three ways, each once.
  world.slack.expects(/It stands in the timeline now/);
  await priya.types('/incident note It began with the banner of this morning', { in: channel });
  await omar.says('the cache of the banner is full of it', { in: channel });
  await priya.reacts('pushpin', { message: 'the cache of the banner', in: channel });
  await omar.says('I look at the logs', { in: channel });
  await priya.usesMessageShortcut('Add to timeline', { message: 'I look at the logs', in: channel });

  // The rollback.
  await dana.types('/rollback banner', { in: channel });
  await dana.sees(/Started banner/);
  await isAsked(omar, 'Clear the banner');
  clock.advance(15_000);
  figures.answer(json({ error_rate: 0.004 }));
  await omar.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  await send(world, group('BannerBroken', { front: 'resolved' }));
  await dana.sees(/Resolved/, { in: '#general' });

  // People outside wait, and are told.
  clock.advance(31 * MINUTE);
  await dana.sees(/People outside wait for an update/, { in: channel });
  await dana.clicks('Write the update', { in: channel });
  const form = await dana.sees('For the business', { in: 'view' });
  expect(form.text).toContain('Goes to the incident');
  expect(await dana.submits({ 'For the business': 'The banner is plain again.' })).toEqual({ status: 'closed' });
  await dana.sees(/The update is on its way/);
  await dana.sees(/Update 1 by dana[^]*ended verified[^]*The banner is plain again/, { in: channel });
  await dana.sees(/update 1[^]*The banner is plain again/, { in: '#ops' });
  await dana.sees(/This update has been sent/, { in: channel });

  // The end, by the checklist.
  await dana.types('/incident close', { in: channel });
  await dana.sees(/Error rate below 1 %: It is 0.4 %/, { in: 'view' });
  expect(await dana.submits()).toEqual({
    status: 'errors',
    errors: { reason: 'Not all is answered with yes, so say why it may be closed all the same.' },
  });
  expect(await dana.submits({ 'No data corruption detected': 'Yes' })).toEqual({ status: 'closed' });
  await dana.sees(/The incident is closed/);
  await dana.sees(/dana closed this incident/, { in: channel });
  await dana.sees(/Key metrics during run/, { in: channel });
  await dana.sees(/Report: \S+\.md/, { in: channel });
  const first = await reportIn(world);
  expect(first).toMatch(/\| Error rate below 1 % \| ✅ It is 0.4 %. \|/);
  expect(first).toMatch(/priya: It began with the banner/);
  expect(first).toMatch(/omar in the channel: the cache of the banner is full of it \(marked by priya\)/);
  expect(first).toMatch(/omar in the channel: I look at the logs \(marked by priya\)/);
  expect(first).toMatch(/Alerts from prometheus: BannerBroken \(1 firing\)/);
  expect(first).toMatch(/The alerts are quiet: BannerBroken/);
  expect(first).toMatch(/An update for people outside was due/);
  expect(first).toContain('(To be investigated)');
  expect(await kinds(world)).toEqual(['json', 'md', 'png']);

  // What is found out afterwards writes it again.
  await dana.types('/incident report', { in: channel });
  await dana.sees('Root cause', { in: 'view' });
  expect(await dana.submits({ 'Root cause': 'A festive banner', 'More action items': 'Check banners\nBefore they go out' })).toEqual({
    status: 'closed',
  });
  await dana.sees(/The report is written again with it/);
  await dana.sees(/Report: \S+\.md \(edition 2\)/, { in: channel });
  const second = await reportIn(world);
  expect(second).toMatch(/## Root Cause\n\nA festive banner\n\n\(dana, /);
  expect(second).toMatch(/- \[ \] Check banners\n- \[ \] Before they go out/);
  expect(await kinds(world)).toEqual(['json', 'md', 'png']);

  // And if it comes back, it goes on.
  await dana.types('/incident reopen', { in: channel });
  await dana.sees(/Say why it goes on/);
  await dana.types('/incident reopen the banner is festive again', { in: channel });
  await dana.sees(/The incident is open again/);
  await dana.types('/incident list', { in: '#ops' });
  await dana.sees(/One open incident[^]*sev1[^]*commander dana/);
  await nothingIsOwed(world);
  await figures.close();
});

story('an incident is opened by hand, in a form that wants a title, and asks for its update over a restart', async ({ world }) => {
  const { dana, mina, lee, clock } = world;
  furniture(world);
  await openAlerts(world, settingsWith('http://127.0.0.1:9', channelIdOf(world, '#ops')));
  await lee.types('/incident open the shop is slow', { in: '#ops' });
  await lee.sees(/You hold no role in rollbot.yml/);
  await dana.usesShortcut('Open incident');
  await dana.sees('What is the matter?', { in: 'view' });
  expect(await dana.submits({ 'What is the matter?': 'The shop is slow', Severity: 'sev1: Major incident' })).toEqual({ status: 'closed' });
  await dana.sees(/The incident is open/);
  await mina.sees(/sev1: Major incident, set by dana/);
  const channel = incidentChannel(world);
  await world.restarts(async () => {
    clock.advance(40 * MINUTE);
    await Promise.resolve();
  });
  await dana.sees(/People outside wait for an update/, { in: channel });
  await dana.types('/incident status', { in: channel });
  await dana.sees(/One open incident[^]*The shop is slow/);
  await dana.types('/incident close nobody knows why, and it is over', { in: channel });
  await dana.sees(/The incident is closed/);
  await dana.sees(/dana closed this incident[^]*not known: No data corruption/, { in: channel });
  await dana.sees(/Report: \S+\.md/, { in: channel });
  expect(await reportIn(world)).toContain('No procedure was run.');
});

function settingsWith(url: string, ops: string): string {
  return `
severities:
  sev1: { title: Major incident, tell: [database-admin], update-every: 30m }
  sev3: { title: Small trouble }
metrics:
  error_rate: { title: Error rate, unit: ratio, every: 5s, http: { url: '${url}', pointer: /error_rate } }
key-metrics: [error_rate]
success-criteria:
  - { title: Error rate below 1 %, metric: error_rate, expect: { below: 1% } }
  - { title: No data corruption detected }
updates:
  business: { channels: [${ops}] }
`;
}

function channelIdOf({ dana }: LightWorld, name: string): string {
  return dana.screen().channels.find((channel) => channel.name === name)?.id ?? '';
}

function incidentChannel({ dana }: LightWorld): string {
  return dana.screen().channels.find(({ name }) => name.startsWith('#inc-'))?.name ?? '#none';
}

async function reportIn({ folder }: LightWorld): Promise<string> {
  const files = await readdir(path.join(folder, 'incidents'));
  return await readFile(path.join(folder, 'incidents', files.find((file) => file.endsWith('.md')) ?? ''), 'utf8');
}

/** What kinds of files stand in the folder of reports. */
async function kinds({ folder }: LightWorld): Promise<readonly string[]> {
  return (await readdir(path.join(folder, 'incidents'))).map((file) => path.extname(file).slice(1)).toSorted();
}
