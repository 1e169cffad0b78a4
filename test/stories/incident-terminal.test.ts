import { expect } from 'vitest';
import type { StreamId } from '../../src/core/brand.ts';
import { sitAtTheHost, sitsDown, typedAtTheHost } from './at-the-host.ts';
import type { Said } from './at-the-host.ts';
import { furniture, hasDone, nothingIsOwed } from './conversation.ts';
import { storyWith } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const MINUTE = 60_000;

const story = storyWith(({ people, announce }) => ({
  ...sitAtTheHost(people, 'dana', 'omar'),
  channels: { prefix: 'inc', invite: ['lead-developer', 'devops-engineer', 'database-admin', 'product-owner'], announce },
  severities: { sev1: { title: 'Major incident', tell: ['database-admin'], 'update-every': '30m' }, sev3: { title: 'Small trouble' } },
  'success-criteria': [{ title: 'No data corruption detected' }, { title: 'Customers can pay' }],
  'follow-ups': [{ title: 'Find the root cause', owner: 'lead-developer', due: '24h' }],
}));

/** What somebody at the host types, and what they answer when they are asked. */
async function types(world: LightWorld, line: readonly string[], ...answers: readonly string[]): Promise<Said> {
  return await typedAtTheHost(world, line, { answers });
}

/** The same, where all goes well: what is said. */
async function does(world: LightWorld, line: readonly string[], ...answers: readonly string[]): Promise<string> {
  const said = await types(world, line, ...answers);
  expect([line.join(' '), said.code, said.err]).toEqual([line.join(' '), 0, '']);
  return said.out;
}

/** The incident that was opened, by what was said then. */
function idIn(out: string): string {
  return /incident (\w+) is open/.exec(out)?.[1] ?? '';
}

/** Both are known on disk, because they may use the terminal; then nothing of Slack answers. */
async function slackGoesDown(world: LightWorld): Promise<void> {
  const { slack, app, dana, omar } = world;
  for (const { id } of [dana, omar])
    await expect.poll(async () => await app.store.getFact(`person/${id}`)).toMatchObject({ status: 'member' });
  await nothingIsOwed(world);
  await slack.faults.outage('refused');
}

story(
  'Slack is down: dana opens an incident in the terminal, notes, starts prices in it, omar approves, dana closes, and Slack is told it all once',
  async ({ world }) => {
    const { dana, clock, slack } = world;
    furniture(world);
    world.slack.expects(/^Approval|sev1: Major incident|Update 1 by dana|closed this incident/);
    await slackGoesDown(world);
    const incident = idIn(await does(world, ['incident', 'open', 'the prices are too low', '--severity', 'SEV1']));
    clock.advance(MINUTE);
    expect(await does(world, ['incident', 'note', 'since', 'the', 'import', 'of', 'tonight'])).toBe('It stands in the timeline now.\n');
    expect(await does(world, ['incident', 'role', 'commander'])).toMatch(/You are commander/);
    expect(await does(world, ['incident', 'role', 'scribe', 'omar'])).toMatch(/omar is scribe/);
    clock.advance(MINUTE);
    const { run } = JSON.parse(await does(world, ['run', 'prices', '--incident', incident, '--detach', '--json'])) as { run: string };
    await hasDone(world, ['prices right']);
    expect(await does(world, ['incident', 'list'])).toMatch(
      /^\w+ {2}the prices are too low · sev1 · open since \d+ min[^·]* · commander dana\n$/,
    );

    // The rules are those of Slack.
    const waits = async (): Promise<string> => await does(world, ['incident', 'status', incident]);
    await expect.poll(waits).toMatch(/“Clear the cached prices” waits for approval/);
    const { waiting } = JSON.parse(await does(world, ['show', run, '--json'])) as { waiting: { digest: string }[] };
    const approve = ['approve', run, '--digest', waiting[0]?.digest ?? ''];
    expect(await types(world, approve)).toMatchObject({ code: 1, err: expect.stringMatching(/It needs devops-engineer/) });
    expect(await types(world, ['incident', 'close'])).toMatchObject({ code: 1, err: expect.stringMatching(/rollbot stop/) });
    await sitsDown(world, 'omar');
    clock.advance(MINUTE);
    await does(world, approve);
    await hasDone(world, ['prices right', 'price cache cleared']);
    await expect.poll(waits).toMatch(/prices on production: done and verified/);
    expect(await types(world, ['incident', 'close', '--reason', 'it is over'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/It needs lead-developer/),
    });

    await sitsDown(world, 'dana');
    clock.advance(MINUTE);
    expect(await does(world, ['incident', 'update', '--engineering', 'prices are back', '--business', 'Prices are right.'])).toMatch(
      /on its way/,
    );
    clock.advance(MINUTE);
    expect(await does(world, ['incident', 'close'], 'yes', 'no', 'the bank says so')).toMatch(/The incident \w+ is closed/);
    expect(dana.screen().channels.some(({ name }) => name.startsWith('#inc-'))).toBe(false);

    await slack.faults.recover();
    clock.advance(2 * MINUTE);
    await dana.sees(/Report: .*\.md/);
    await dana.sees(/Follow-ups: 1 of 1 to do/);
    await nothingIsOwed(world);
    expect(toldIn(world)).toEqual([
      expect.stringMatching(/^the prices are too low\n[^]*commander dana · scribe omar[^]*2026-11-24 03:00 UTC/),
      expect.stringMatching(/sev1: Major incident, set by dana \(in the terminal\)[^]*2026-11-24 03:00 UTC$/),
      expect.stringMatching(/^Price rollback on production\n[^]*2026-11-24 03:02 UTC/),
      expect.stringMatching(/^Approval: Clear the cached prices\n[^]*omar \(in the terminal\) approved \(2026-11-24 03:03 UTC\)/),
      expect.stringMatching(/^Verification: Price rollback on production/),
      expect.stringMatching(/Update 1 by dana \(in the terminal\)[^]*prices are back[^]*Prices are right\.[^]*2026-11-24 03:04 UTC$/),
      expect.stringMatching(
        /dana \(in the terminal\) closed this incident[^]*the bank says so[^]*not so: Customers can pay \(dana says no\.\)/,
      ),
      expect.stringMatching(/^\[file: Report: /),
      expect.stringMatching(/^Follow-ups: 1 of 1 to do/),
    ]);
  },
);

story(
  'what Slack asks in forms is asked in the terminal or said by options, and several open incidents are told apart',
  async ({ world }) => {
    await slackGoesDown(world);
    const rows = async (all: readonly (readonly [readonly string[], number, RegExp, ...string[]])[]): Promise<void> => {
      for (const [line, code, says, ...answers] of all) {
        const said = await types(world, line, ...answers);
        expect([line.join(' '), said.code, said.out + said.err]).toEqual([line.join(' '), code, expect.stringMatching(says)]);
      }
    };
    const slow = idIn(await does(world, ['incident', 'open'], 'The shop is slow', 'sev3'));
    const dark = idIn(await does(world, ['incident', 'open', 'The shop is dark']));
    await rows([
      [['incident', 'open'], 64, /Say in a few words what is the matter: rollbot incident open "<title>"/, ''],
      [['incident', 'open', 'it', '--severity', 'sev2'], 64, /There is no severity "sev2"\. Did you mean "sev1" or "sev3"\?/],
      [
        ['incident', 'note', 'it rises'],
        64,
        new RegExp(`Say which one: ${dark} \\(The shop is dark\\), ${slow} \\(The shop is slow\\) are open`),
      ],
      [['incident', 'note', 'it rises', '--incident', slow], 0, /It stands in the timeline now/],
      [
        ['incident', 'severity', '--incident', slow],
        0,
        /The severity is sev3: Small trouble\. Set it with `rollbot incident severity <severity>`: sev1 or sev3/,
      ],
      [
        ['incident', 'role', 'captain', '--incident', slow],
        64,
        /There is no role "captain"\. Expected commander, scribe or communications/,
      ],
      [['incident', 'role', 'scribe', 'omer', '--incident', slow], 64, /Nobody is called "omer" in rollbot\.yml\. Did you mean "omar"/],
      [['incident', 'role', 'commander', 'omar', '--incident', slow], 1, /omar holds none of lead-developer, and only they may command/],
      [['incident', 'close', dark, '--reason', 'it is the same as the other'], 0, /is closed/],
      // Nobody sits there; then nothing is sent, and then one text is typed and the other is the draft.
      [['incident', 'update'], 64, /For engineers \(goes to the incident's channel\)[^]*Noted last: it rises[^]*Nothing was sent/],
      [['incident', 'update'], 64, /Nothing was sent/, '', '', 'no'],
      [['incident', 'update'], 0, /The update is on its way/, 'We look at the cache.', 'It is cold.', '', '', 'yes'],
      [['incident', 'checklist'], 1, /This incident is no drill/, ...Array.from({ length: 8 }, () => 'yes')],
      [['run', 'stock', '--incident', dark], 1, /This incident is closed\. Start anew with `rollbot run <procedure>`/],
    ]);
    const events = (await world.app.store.events(`incident/${slow}` as StreamId)).map(({ event }) => event);
    expect(events.find(({ type }) => type === 'update-sent')).toMatchObject({
      by: { name: 'dana', via: 'terminal' },
      update: {
        engineering: { text: 'We look at the cache.\nIt is cold.' },
        business: { text: expect.stringMatching(/^We know of a problem since 03:00 UTC: The shop is slow/) },
      },
    });
    await rows([
      // Whoever answers nothing closes nothing; an answer to something else would be lost.
      [['incident', 'close'], 1, /Left open: not known: No data corruption detected \(Nobody has said so\.\)/],
      [['close', '--yes', 'Customers can play'], 64, /There is no criterion "Customers can play"\. Did you mean "Customers can pay"\?/],
      [
        ['close', '--yes', 'customers can pay', '--yes', 'No data corruption detected'],
        0,
        /✓ Customers can pay: dana says yes\.[^]*is closed/,
      ],
      [
        ['incident', 'status', slow],
        0,
        new RegExp(`closed by dana[^]*Follow-ups\\n +${slow}/1 {2}Find the root cause, for lead-developer, due 2026-11-25 03:0\\d UTC`),
      ],
      [['incident', 'report', slow, '--ask'], 64, /Root cause\n {2}\(nothing yet\)[^]*Nothing was added/],
      [['incident', 'report', slow, '--ask'], 0, /The report is written again with it/, 'A cold cache', '', '', 'Warm it', 'Watch it', ''],
      [['incident', 'report', slow, '--lessons', 'Warm it slowly'], 0, /The report is written again with it/],
      [['report', slow], 0, /## Root Cause\n\nA cold cache\n[^]*Warm it slowly[^]*- \[ \] Warm it\n- \[ \] Watch it/],
    ]);
    await canBeDone(world, dark, slow);
    await rows([
      [
        ['incident', 'todo', 'done', '1'],
        64,
        new RegExp(`Say which one: ${dark}/1 \\(Find the root cause\\), ${slow}/1|Say which one: ${slow}/1`),
      ],
      [['incident', 'todo', 'done', `${dark}/1`], 0, /“Find the root cause” is done/],
      [['incident', 'todo', 'take', '1'], 0, /“Find the root cause” is yours/],
      [['incident', 'todo', 'later', '1'], 64, /Say until when and why/],
      [['incident', 'todo', 'later', '1', '--to', 'monday', '--reason', 'x'], 64, /"monday" is no day\. Write it as 2026-12-01/],
      [['incident', 'todo', 'later', '1', '--to', '2026-11-20', '--reason', 'x'], 64, /That day is over/],
      [['incident', 'todo', 'later', '1', '--to', '2026-12-01', '--reason', 'the import comes then'], 0, /has a new date/],
      [
        ['incident', 'todo', 'mine'],
        0,
        new RegExp(`After The shop is slow\\n +${slow}/1 {2}Find the root cause, dana has it, due 2026-12-01 03:0\\d UTC`),
      ],
      [
        ['incident', 'todo', 'later', '7', '--to', '2026-12-01', '--reason', 'x'],
        64,
        /There is no follow-up "7"[^]*rollbot incident todo all/,
      ],
      [['incident', 'reopen', slow, '--reason', ' '], 1, /Say why it goes on: `rollbot incident reopen <incident> --reason "<reason>"`/],
      [['incident', 'reopen', slow, '--reason', 'it is slow again'], 0, /The incident is open again/],
      [
        ['incident', 'list', '--all'],
        0,
        new RegExp(`^${dark}  The shop is dark · closed by dana[^]*${slow}  The shop is slow · sev3 · open since`, 'm'),
      ],
    ]);
  },
);

/** Waits until what these incidents leave to be done can be taken and done. */
async function canBeDone({ app }: LightWorld, ...incidents: readonly string[]): Promise<void> {
  for (const incident of incidents) {
    const items = async (): Promise<unknown> => (await app.store.load(`followup/${incident}` as StreamId<'followup'>)).state;
    await expect.poll(items).toMatchObject({ items: [{ token: expect.any(String) }] });
  }
}

/** What the incident's channel was told, whole. */
function toldIn({ dana }: LightWorld): readonly string[] {
  const channel = dana.screen().channels.find(({ name }) => name.startsWith('#inc-'))?.name ?? '';
  return dana.messages(channel).flatMap(({ byApp, kind, text }) => (byApp && kind === 'message' ? [text] : []));
}
