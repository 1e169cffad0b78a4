import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '../../../src/demo/slack/index.ts';
import { rawSocket, type RawSocket } from './raw-socket.ts';
import { setStage, type Stage } from './stage.ts';

const plain = (value: string) => ({ type: 'plain_text', text: value });
const approval = [
  { type: 'section', text: { type: 'mrkdwn', text: 'Clear *the cache* for <@U0>?' } },
  {
    type: 'actions',
    block_id: 'decision',
    elements: [
      { type: 'button', action_id: 'approve', text: plain('Approve'), value: '1' },
      {
        type: 'button',
        action_id: 'deny',
        text: plain('Deny'),
        value: '0',
        confirm: { title: plain('Sure?'), text: plain('x'), confirm: plain('y'), deny: plain('n') },
      },
      { type: 'static_select', action_id: 'target', placeholder: plain('Target'), options: [option('staging'), option('production')] },
    ],
  },
];

function option(value: string) {
  return { text: plain(value.toUpperCase()), value };
}

describe('people', () => {
  let stage: Stage;
  let socket: RawSocket;
  const interactions = () => socket.received.filter((message) => message.type === 'interactive').map((message) => Object(message.payload));
  const ask = (text = 'ask') => stage.api('chat.postMessage', { channel: '#ops', text, blocks: approval });

  beforeEach(async () => {
    stage = await setStage();
    socket = await rawSocket(stage.slack, stage.installed, { acknowledge: true });
  });
  afterEach(async () => {
    socket.close();
    await stage.slack.close();
  });

  test('press the newest button of that name, or the one on the message they mean', async () => {
    await ask();
    const second = await ask();
    const omar = stage.slack.person('omar');
    await omar.clicks('Approve');
    expect(interactions().at(-1)).toMatchObject({
      container: { message_ts: second.ts },
      user: { id: omar.id, team_id: stage.installed.teamId },
      actions: [{ action_id: 'approve', block_id: 'decision', type: 'button', value: '1', text: plain('Approve') }],
      state: { values: { decision: { target: { type: 'static_select', selected_option: null } } } },
    });
    await stage.api('chat.update', { channel: second.channel, ts: second.ts, text: 'decided' });
    await omar.clicks(/appr/i, { in: '#ops', message: 'the cache', block: 'decision' });
    expect(interactions()).toHaveLength(2);
    expect(interactions().at(-1).container.message_ts).not.toBe(second.ts);
  });

  test('are told which buttons there are when there is no such button', async () => {
    await ask();
    const lost = stage.slack.person('omar').clicks('Approved', { in: '#ops' });
    await expect(lost).rejects.toThrow('omar sees no button Approved in #ops; there are [Approve] (#ops), [Deny] (#ops).');
    await expect(stage.slack.person('eve').clicks('Approve')).rejects.toThrow('eve sees no button Approve; there are no buttons at all.');
  });

  test('can press at the same instant, twice or two of them', async () => {
    await ask();
    const release = stage.slack.hold();
    const [dana, omar] = [stage.slack.person('dana'), stage.slack.person('omar')];
    const all = Promise.all([dana.clicks('Approve'), dana.clicks('Approve'), omar.clicks('Approve')]);
    release();
    expect((await all).every((receipt) => receipt.acked)).toBe(true);
    expect(interactions().map((payload) => payload.user.name)).toEqual(['dana', 'dana', 'omar']);
    expect(new Set(interactions().map((payload) => payload.actions[0].action_ts)).size).toBe(3);
  });

  test('choose from menus, and send nothing when they cancel', async () => {
    await ask();
    const omar = stage.slack.person('omar');
    await omar.selects('Target', 'PRODUCTION');
    expect(interactions().at(-1)?.actions[0]).toMatchObject({ action_id: 'target', selected_option: option('production') });
    await expect(omar.selects('Target', 'moon')).rejects.toThrow('There is no option "moon"; there are "STAGING", "PRODUCTION".');
    expect(await omar.clicks('Deny', { confirm: false })).toEqual({ acked: true, shown: 'cancelled' });
    await omar.clicks('Approve');
    expect(interactions().map((payload) => payload.actions[0].action_id)).toEqual(['target', 'approve']);
    expect(interactions().at(-1)?.state.values.decision.target.selected_option).toEqual(option('production'));
  });

  test('see a warning where the app does not answer a press', async () => {
    await ask();
    socket.acknowledge(false);
    const before = socket.received.length;
    const clicked = stage.slack.person('omar').clicks('Approve');
    await expect.poll(() => socket.received.length).toBe(before + 1);
    stage.clock.advance(3000);
    expect(await clicked).toMatchObject({ acked: false });
    expect(stage.slack.failures).toMatchObject([{ kind: 'missed-ack', about: 'block_actions approve' }]);
  });

  test('read names for ids, and no marks', async () => {
    const text = `*<@${stage.people.omar}>* in <#${stage.channels.ops}>: _<https://example.com|the dashboard>_ says \`a*b*\` &lt;5 &amp; <!date^1^{date}|yesterday>`;
    await stage.api('chat.postMessage', { channel: '#ops', text });
    expect(stage.slack.person('dana').messages('#ops').at(-1)?.text).toBe('@omar in #ops: the dashboard says a*b* <5 & yesterday');
  });

  test('wait for what they expect, and are told what is there when it does not come', async () => {
    const waiting = stage.slack.person('dana').sees(/^step 2/, { in: '#ops' });
    const { ts, channel } = await stage.api('chat.postMessage', { channel: '#ops', text: 'step 1' });
    await stage.api('chat.update', { channel, ts, text: 'step 2 of 3' });
    expect(await waiting).toMatchObject({ ts, edits: 1, author: 'rollbot' });
    const missed = stage.slack.person('dana').sees('step 9', { in: '#ops', within: 30 });
    await expect(missed).rejects.toThrow(
      /dana did not see step 9 in #ops within 30 ms.*\n.*#ops {2}dana: errors rose[\s\S]*rollbot: step 2 of 3/,
    );
  });

  test('wait also for a channel that is yet to be made', async () => {
    const waiting = stage.slack.person('omar').sees('Incident 7', { in: '#inc-7' });
    const { channel } = await stage.api('conversations.create', { name: 'inc-7' });
    await stage.api('chat.postMessage', { channel: '#inc-7', text: 'Incident 7' });
    await stage.api('conversations.invite', { channel: Object(channel).id, users: stage.people.omar });
    expect(await waiting).toMatchObject({ channel: '#inc-7' });
    await expect(stage.slack.person('lee').sees('Incident', { in: '#inc-7', within: 20 })).rejects.toThrow('nothing at all');
  });

  test('notice what nobody expected', async () => {
    await stage.api('chat.postMessage', { channel: '#ops', text: 'surprise' });
    await stage.api('chat.postMessage', { channel: '#ops', text: 'fine' });
    stage.slack.expects('fine');
    stage.slack.expects(/card|detail/, { in: '#ops' });
    expect(stage.slack.unexpected().map((message) => message.text)).toEqual(['surprise']);
    await stage.slack.person('lee').sees('surprise');
    expect(stage.slack.unexpected()).toEqual([]);
  });

  test('can only be where they are, and do what is theirs', async () => {
    const { slack } = stage;
    await expect(slack.person('lee').says('x', { in: '#database' })).rejects.toThrow('lee is not in #database; lee is in #general, #ops.');
    await expect(slack.person('zoe').clicks('Approve')).rejects.toThrow("zoe is deactivated and can't do anything in Slack.");
    await expect(slack.person('lee').edits('x', { message: 'card' })).rejects.toThrow('lee can only edit their own messages');
    await expect(slack.person('dana').says('x', { in: '#old' })).rejects.toThrow('#old is archived');
    await expect(slack.person('dana').submits()).rejects.toThrow('dana has no view open.');
    expect(() => slack.person('nobody')).toThrow('Nobody here is called nobody; there are dana, omar');
    expect(await slack.person('eve').types('/rollback', { in: '#vendors' })).toBe('/rollback is not a valid command.');
    expect(await slack.person('gus').types('/nothing', { in: '#ops' })).toBe('/nothing is not a valid command.');
  });

  test('leave a story that can be read, and that a page can follow', async () => {
    const changes: Change['kind'][] = [];
    const stop = stage.slack.on((change) => changes.push(change.kind));
    await ask();
    await stage.slack.person('omar').clicks('Approve');
    await stage.slack.person('omar').types('/rollback stop', { in: '#ops' });
    stop();
    await stage.slack.person('omar').says('thanks @rollbot', { in: '@rollbot' });
    expect(stage.slack.transcript()).toEqual([
      '#ops  dana: errors rose',
      '#ops  rollbot: card',
      '#ops  rollbot (in a thread): detail',
      '#ops  rollbot: Clear the cache for @U0? ⏎ [Approve] [Deny] [Target ▾]',
      '#ops  omar clicks [Approve]',
      '#ops  omar: /rollback stop',
      '@omar  omar: thanks @rollbot',
    ]);
    expect(changes).toEqual(['message-posted', 'called', 'person-acted', 'person-acted']);
    expect(
      stage.slack
        .person('omar')
        .screen()
        .channels.map((channel) => channel.name),
    ).toContain('@rollbot');
  });

  test('of a connected team press buttons under their own team, which the app must refuse itself', async () => {
    stage.slack.admin.addMember('ops', 'eve');
    await ask();
    await stage.slack.person('eve').clicks('Approve');
    const [payload] = interactions();
    expect(payload.user.team_id).not.toBe(stage.installed.teamId);
    expect(payload.team.id).toBe(payload.user.team_id);
  });
});
