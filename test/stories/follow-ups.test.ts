import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import type { Person } from '../../src/demo/slack/index.ts';
import { danaAsks, furniture, isAsked, nothingIsOwed } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const REMINDER = /Still to be done after|Done after/;

story('weeks of reminders, over restarts, until all of it is done: each comes once, and what is done is quiet', async ({ world }) => {
  const { dana, omar, priya } = world;
  const channel = await aBannerIsRolledBack(world);
  await dana.sees(/Follow-ups: 2 of 2 to do/, { in: channel });

  // A quarter of the day before the root cause is due.
  await later(world, 18 * HOUR);
  expect(reminders(dana, channel)).toEqual([expect.stringMatching(/@lead-developer.*Still to be done[^]*Find the root cause/)]);
  await dana.clicks('Take it', { message: REMINDER, in: channel });
  await dana.sees(/“Find the root cause” is yours/);
  await dana.sees(/dana has it/, { in: channel });

  await dana.types('/incident close', { in: channel });
  await dana.sees(/The incident is closed/);
  await dana.sees(/dana closed this incident/, { in: channel });
  await dana.sees(/Report: .*\.md/, { in: channel });
  await dana.sees(/Follow-ups: 3 of 3 to do[^]*Hold the post-mortem/, { in: channel });

  // The bot is down when it is due, and for days after that: there is one reminder, and not four.
  await world.restarts(async () => world.clock.advance(4 * DAY));
  await later(world, 60_000);
  expect(reminders(dana, channel)).toHaveLength(2);
  expect(reminders(dana, channel).at(-1)).toMatch(/@dana.*Still to be done[^]*Find the root cause[^]*Overdue/);
  await world.restarts();
  await later(world, HOUR);
  expect(reminders(dana, channel)).toHaveLength(2);

  await dana.clicks('Later…', { message: /Overdue/, in: channel });
  await dana.sees('Until when?', { in: 'view' });
  expect(await dana.submits({ 'Until when?': '2026-11-24', 'Why?': 'the log is at the vendor' })).toMatchObject({ status: 'errors' });
  expect(await dana.submits({ 'Until when?': '2026-12-20', 'Why?': 'the log is at the vendor' })).toEqual({ status: 'closed' });
  await dana.sees(/has a new date/);
  await dana.sees(/moved by dana: the log is at the vendor/, { in: channel });

  // Two others are due after a week; nobody hears of the first before its new date.
  await later(world, 3 * DAY);
  await omar.types('/incident todo mine', { in: '#ops' });
  await omar.sees(/One follow-up is open[^]*Prevent it from being deployed again[^]*after Banner rollback on production/);
  await omar.clicks('Done', { message: /One follow-up is open/ });
  await omar.sees(/“Prevent it from being deployed again” is done/);
  await priya.types('/incident todo', { in: channel });
  await priya.sees(/2 follow-ups are open/);
  await priya.clicks('Done', { message: /2 follow-ups are open/ });
  await priya.sees(/for somebody in another role|is done/);
  const heard = reminders(dana, channel).length;
  for (let week = 0; week < 2; week += 1) {
    await world.restarts();
    await later(world, 7 * DAY);
  }
  expect(reminders(dana, channel).slice(heard).join('\n')).not.toMatch(/Prevent it/);
  const report = (await readdir(path.join(world.folder, 'incidents'))).find((file) => file.endsWith('-banner.md'));
  const told = await readFile(path.join(world.folder, 'incidents', report ?? ''), 'utf8');
  expect(told).toMatch(/- \[x\] Prevent it from being deployed again \(devops-engineer\): done by omar, 2026-/);
  expect(told).toMatch(
    /- \[ \] Find the root cause \(lead-developer, due 2026-12-20.*\): dana has it; moved from .* by dana: the log is at the vendor/,
  );
});

story('whose channel is archived is written to, with the same buttons', async ({ world }) => {
  const { dana, omar, priya, slack } = world;
  const channel = await aBannerIsRolledBack(world);
  await dana.sees(/Follow-ups: 2 of 2 to do/, { in: channel });
  slack.admin.archive(channel);
  await later(world, 18 * HOUR);
  const direct = await dana.sees(/Still to be done after Banner rollback[^]*Find the root cause/, { in: '@rollbot' });
  expect(direct.buttons).toEqual(['Done', 'Take it', 'Later…']);
  expect(omar.messages('@rollbot')).toEqual([]);
  expect(priya.messages('@rollbot')).toEqual([]);
  await dana.clicks('Done', { in: '@rollbot' });
  await dana.sees(/“Find the root cause” is done/, { in: '@rollbot' });
  await dana.sees(/Done after Banner rollback/, { in: '@rollbot' });
  await later(world, 3 * DAY);
  expect(dana.messages('@rollbot').filter(({ kind }) => kind === 'message')).toHaveLength(1);
});

story('somebody of another role changes nothing, and a typo says what there is', async ({ world }) => {
  const { dana, lee, priya } = world;
  const channel = await aBannerIsRolledBack(world);
  await dana.sees(/Follow-ups: 2 of 2 to do/, { in: channel });
  await priya.clicks('Take it', { message: /Follow-ups/, in: channel });
  await priya.sees(/This is for somebody in another role.*It needs lead-developer/);
  await lee.types('/incident todo everything', { in: '#ops' });
  await lee.sees(/There is no \/incident todo everything. Type \/incident todo, /);
  await lee.types('/incident todo mine', { in: '#ops' });
  await lee.sees(/Nothing is left to be done/);
});

/** The banner is rolled back on production; answers with the incident's channel. */
async function aBannerIsRolledBack(world: LightWorld): Promise<string> {
  const { dana, omar } = world;
  furniture(world);
  world.slack.expects(/Follow-ups|follow-ups are done|Still to be done|Done after|Report: .*edition/);
  const wanted = [
    'Find the root cause, owner: lead-developer, due: 24h',
    'Prevent it from being deployed again, owner: devops-engineer, due: 7d',
  ];
  await world.edit('procedures/banner.yml', (text) => `${text}follow-ups:\n${wanted.map((each) => `  - { title: ${each} }\n`).join('')}`);
  await world.edit('rollbot.yml', (text) => `${text}follow-ups:\n  - { title: Hold the post-mortem, owner: product-owner, due: 7d }\n`);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, "Clear the banner's cache");
  await omar.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  return channel;
}

async function later(world: LightWorld, ms: number): Promise<void> {
  await nothingIsOwed(world);
  world.clock.advance(ms);
  await nothingIsOwed(world);
  // What is noted a moment later is shown a moment after that.
  world.clock.advance(2000);
  await nothingIsOwed(world);
}

function reminders(person: Person, channel: string): readonly string[] {
  return person
    .messages(channel)
    .filter(({ byApp, kind, text }) => byApp && kind === 'message' && REMINDER.test(text))
    .map(({ text }) => text);
}
