import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refuse } from '../../src/core/incident/refusal.ts';
import type { IncidentFact } from '../../src/core/incident/event.ts';
import { ACTIONS } from '../../src/slack/actions.ts';
import { button, buttons } from '../../src/slack/cards/blocks.ts';
import { createWeb } from '../../src/slack/web.ts';
import { channelId, openedIn, openHouse, silent } from './house.ts';
import type { House } from './house.ts';
import { asked, clearCache, digest, done, failed, omar, role, RUN, started, step, STREAM, token } from './story.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await house.close();
});

const CHANNEL = '#inc-20261124-cache-k7m2xq';
const OPS = { in: '#ops' };

async function begins(...more: readonly IncidentFact[]): Promise<void> {
  await house.happens(openedIn(house.emulator), started, ...done(step('preflight.1')), ...more);
  await house.room.settled();
}

describe('/rollback', () => {
  test('starts what was typed, for who typed it, with the roles that they hold', async () => {
    const dana = house.emulator.person('dana');
    await dana.types('/rollback cache staging clear=prefix hit rate fell', OPS);
    await dana.sees('Started cache', OPS);
    expect(house.asked.start).toEqual([
      {
        procedure: 'cache',
        target: 'staging',
        params: { clear: 'prefix' },
        reason: 'hit rate fell',
        channel: channelId(house.emulator, 'ops'),
        by: { kind: 'person', id: dana.id, name: 'dana' },
        roles: ['lead-developer'],
      },
    ]);
  });

  test.each([
    ['help', /What Rollbot understands/],
    ['list', /Cache warming rollback/],
    ['status', /Nothing is running/],
    ['show r404', /There is no run r404/],
    ['stop', /Say which run/],
    ['cahce', /Did you mean "cache"/],
    ['cache --dry-run', /No dry run here/],
  ])('%s answers only who typed it', async (text, says) => {
    const lee = house.emulator.person('lee');
    await lee.types(`/rollback ${text}`, OPS);
    expect((await lee.sees(says, OPS)).kind).toBe('ephemeral');
    expect(house.asked.start).toEqual([]);
  });

  test('shows every mistake of an order at once', async () => {
    house.answers.start = async () =>
      await Promise.resolve({
        status: 'refused',
        mistakes: [
          { part: 'params', name: 'ref', says: 'ref is missing.' },
          { part: 'role', name: null, says: 'You are not in a role that may start this procedure.' },
        ],
      });
    const lee = house.emulator.person('lee');
    await lee.types('/rollback cache', OPS);
    const seen = await lee.sees('ref is missing.', OPS);
    expect(seen.text).toContain('not in a role');
  });

  test('stops a run and shows one', async () => {
    await begins();
    const dana = house.emulator.person('dana');
    await dana.types(`/rollback show ${RUN}`, OPS);
    await dana.sees('1 of 5 done', OPS);
    await dana.types(`/rollback stop ${RUN} wrong target`, OPS);
    await dana.sees('is being stopped', OPS);
    expect(house.asked.act).toMatchObject([{ kind: 'stop-run', run: RUN, reason: 'wrong target', by: { name: 'dana' } }]);
  });

  test('answers where the bot is no member', async () => {
    const mina = house.emulator.person('mina');
    await mina.types('/rollback status', { in: '#database' });
    expect((await mina.sees('Nothing is running', { in: '#database' })).kind).toBe('ephemeral');
  });

  test('is not for guests', async () => {
    const gus = house.emulator.person('gus');
    await gus.types('/rollback cache staging', OPS);
    await gus.sees('Guests', OPS);
    expect(house.asked.start).toEqual([]);
  });
});

describe('/incident', () => {
  test('closes the incident of its channel, with the roles that may', async () => {
    await begins();
    const dana = house.emulator.person('dana');
    await dana.types('/incident status', { in: CHANNEL });
    await dana.sees('One open incident', { in: CHANNEL });
    await dana.types('/incident close handled by hand', { in: CHANNEL });
    await dana.sees('The incident is closed', { in: CHANNEL });
    expect(house.asked.act).toMatchObject([
      { kind: 'close-incident', reason: 'handled by hand', commanders: ['lead-developer', 'devops-engineer'] },
    ]);
  });

  test('says where to type it', async () => {
    const dana = house.emulator.person('dana');
    await dana.types('/incident close', OPS);
    await dana.sees('No incident belongs to this channel', OPS);
    await dana.types('/incident reopen', OPS);
    await dana.sees('No incident belongs to this channel', OPS);
    await dana.types('/incident cloze', OPS);
    expect((await dana.sees('There is no', OPS)).text).toContain('/incident help');
  });
});

describe('buttons', () => {
  test('approve says who, and two clicks are two deeds for the rules to judge', async () => {
    await begins(asked());
    const omarHere = house.emulator.person('omar');
    expect(await omarHere.clicks('Approve', { in: CHANNEL })).toMatchObject({ acked: true });
    await house.emulator.settled();
    expect(house.asked.act).toEqual([
      { kind: 'approve', token: 'T-approve', by: { kind: 'person', id: omarHere.id, name: 'omar' }, roles: ['devops-engineer'] },
    ]);
  });

  test('the same click delivered twice is one deed', async () => {
    await begins(asked());
    house.emulator.faults.deliverTwice();
    await house.emulator.person('omar').clicks('Approve', { in: CHANNEL });
    await house.emulator.faults.redeliver();
    await house.emulator.settled();
    expect(house.asked.act).toHaveLength(1);
  });

  test('a stale one answers what was decided and by whom', async () => {
    await begins(asked());
    const omarHere = house.emulator.person('omar');
    const decidedBy = { kind: 'person', id: omar.id, name: 'mina' } as const;
    house.answers.act = async () => {
      await house.happens({
        type: 'approval-denied',
        run: RUN,
        step: clearCache.id,
        token: token('T-approve'),
        by: decidedBy,
        reason: 'the origin is under load',
      });
      return { status: 'refused', ...refuse('already-denied'), stream: STREAM };
    };
    await omarHere.clicks('Approve', { in: CHANNEL });
    const told = await omarHere.sees(/denied already.*mina denied: the origin is under load/, { in: CHANNEL });
    expect(told.kind).toBe('ephemeral');
    await house.room.settled();
    expect((await omarHere.sees(/mina denied/i, { in: CHANNEL })).buttons).toEqual([]);
  });

  test('deny asks for a reason first, and will not do without one', async () => {
    await begins(asked());
    const omarHere = house.emulator.person('omar');
    await omarHere.clicks('Deny', { in: CHANNEL });
    await expect.poll(() => omarHere.view()?.text).toContain('Why?');
    expect(await omarHere.submits({ reason: '  ' })).toEqual({ status: 'errors', errors: { reason: expect.stringContaining('Say why') } });
    expect(await omarHere.submits({ reason: 'the origin is under load' })).toEqual({ status: 'closed' });
    await house.emulator.settled();
    expect(house.asked.act).toMatchObject([{ kind: 'deny', token: 'T-approve', reason: 'the origin is under load', by: { name: 'omar' } }]);
  });

  test.each([
    ['It happened', { kind: 'settle', as: 'happened' }],
    ['It did not: run it again', { kind: 'settle', as: 'run-again' }],
    ['Stop here', { kind: 'settle', as: 'stop' }],
  ])('%s', async (label, act) => {
    const at = { run: RUN, step: clearCache.id } as const;
    const given: IncidentFact = {
      type: 'approval-given',
      ...at,
      token: token('T-approve'),
      digest,
      by: omar,
      roles: [role('devops-engineer')],
    };
    const intended = done(clearCache.id).slice(0, 1);
    await begins(asked(), given, ...intended, {
      type: 'step-unknown',
      ...at,
      attempt: 1,
      reason: 'crash',
      alive: false,
      token: token('T-unknown'),
    });
    await house.emulator.person('omar').clicks(label, { in: CHANNEL });
    await house.emulator.settled();
    expect(house.asked.act).toMatchObject([{ ...act, token: 'T-unknown' }]);
  });

  test.each([
    ['Retry', 'retry'],
    ['Stop', 'stop'],
  ])('%s of a held run', async (label, choice) => {
    await begins(...failed(step('stop-warming'), 'no crontab'), {
      type: 'run-held',
      run: RUN,
      step: step('stop-warming'),
      why: 'failed',
      token: token('T-held'),
    });
    await house.emulator.person('dana').clicks(new RegExp(`^${label}$`), { in: CHANNEL });
    await house.emulator.settled();
    expect(house.asked.act).toMatchObject([{ kind: 'continue', choice, token: 'T-held' }]);
  });

  test('somebody from a connected workspace changes nothing', async () => {
    const web = createWeb({ token: house.installation.botToken, apiUrl: house.emulator.apiUrl, log: silent });
    const blocks = [buttons(button(ACTIONS.approve, 'Approve', 'T-approve'))];
    await web.call('chat.postMessage', { channel: channelId(house.emulator, 'vendors'), text: 'Approve?', blocks });
    const eve = house.emulator.person('eve');
    await eve.clicks('Approve', { in: '#vendors' });
    await house.emulator.settled();
    await eve.sees(/another app or workspace|members of its own workspace/, { in: '#vendors' });
    expect(house.asked.act).toEqual([]);
  });

  test('a guest in the channel changes nothing', async () => {
    await begins(asked());
    house.emulator.admin.addMember(CHANNEL, 'gus');
    const gus = house.emulator.person('gus');
    await gus.clicks('Approve', { in: CHANNEL });
    await gus.sees('Guests', { in: CHANNEL });
    await gus.clicks('Deny', { in: CHANNEL });
    await expect.poll(() => gus.view()?.text).toContain('Guests');
    expect(house.asked.act).toEqual([]);
  });
});
