import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../src/demo/slack/index.ts';
import { channelId, openHouse } from './house.ts';
import type { House } from './house.ts';

let house: House;
let dana: Person;
beforeEach(async () => {
  house = await openHouse();
  dana = house.emulator.person('dana');
});
afterEach(async () => {
  await house.close();
});

/** Opens the form and chooses the procedure, which brings its inputs. */
async function chooses(): Promise<void> {
  await dana.types('/rollback', { in: '#ops' });
  await expect.poll(() => dana.view()?.text).toContain('Procedure');
  await dana.selects('Procedure', 'Cache warming rollback (cache)');
  await expect.poll(() => dana.view()?.text).toContain('Target');
}

describe('the form behind /rollback', () => {
  test('opens at once, fills with what the procedure wants, and starts what was filled in', async () => {
    await chooses();
    expect(dana.view()?.text).toContain('Commit to restore');
    expect(await dana.submits({ Target: 'production (protected)', clear: 'everything', 'Why?': 'hit rate fell' })).toEqual({
      status: 'closed',
    });
    await dana.sees('Started cache', { in: '#ops' });
    expect(house.asked.start).toMatchObject([
      {
        procedure: 'cache',
        target: 'production',
        params: { clear: 'everything' },
        reason: 'hit rate fell',
        channel: channelId(house.emulator, 'ops'),
        by: { name: 'dana' },
      },
    ]);
  });

  test('marks each mistake at its field and stays open', async () => {
    await chooses();
    house.answers.examine = () => [
      { part: 'params', name: 'ref', says: 'ref is no commit.' },
      { part: 'target', name: 'staging', says: 'cache may not run on staging.' },
      { part: 'role', name: null, says: 'You are not in a role that may start this procedure.' },
    ];
    expect(await dana.submits({})).toEqual({
      status: 'errors',
      errors: {
        'param:cache:ref': 'ref is no commit.',
        'target:cache': 'cache may not run on staging.',
        procedure: 'You are not in a role that may start this procedure.',
      },
    });
    expect(house.asked.start).toEqual([]);
    house.answers.examine = () => [];
    expect(await dana.submits({})).toEqual({ status: 'closed' });
    await dana.sees('Started cache', { in: '#ops' });
    expect(house.asked.start).toHaveLength(1);
  });

  test('shows a dry run where that is asked for', async () => {
    await chooses();
    await dana.submits({ How: 'Only show what it would do (dry run)' });
    await dana.sees('No dry run here', { in: '#ops' });
    expect(house.asked).toMatchObject({ start: [], dryRun: [{ procedure: 'cache' }] });
  });

  test('wants a procedure first', async () => {
    await dana.usesShortcut('Roll back');
    await expect.poll(() => dana.view()?.text).toContain('Procedure');
    expect(await dana.submits({})).toMatchObject({ status: 'errors' });
    expect(house.asked.start).toEqual([]);
  });

  test('started from a shortcut, answers in a direct message', async () => {
    await dana.usesShortcut('Roll back');
    await expect.poll(() => dana.view()?.text).toContain('Procedure');
    await dana.selects('Procedure', 'Cache warming rollback (cache)');
    await expect.poll(() => dana.view()?.text).toContain('Target');
    expect(await dana.submits({})).toEqual({ status: 'closed' });
    await dana.sees('Started cache', { in: '@rollbot' });
    expect(house.asked.start).toMatchObject([{ channel: null }]);
  });

  test('is not for guests', async () => {
    const gus = house.emulator.person('gus');
    await gus.types('/rollback', { in: '#ops' });
    await expect.poll(() => gus.view()?.text).toContain('Guests');
  });

  test('stays open while Slack does not say who somebody is', async () => {
    await chooses();
    house.emulator.faults.refuse('users.info', 'internal_error', { times: 5 });
    house.clock.advance(60_000);
    expect(await dana.submits({})).toMatchObject({ status: 'errors', errors: { procedure: expect.stringContaining('does not say') } });
    expect(house.asked.start).toEqual([]);
  });
});

test('the home shows what is open to whoever opens it', async () => {
  await dana.opensHome();
  await expect.poll(() => dana.screen().home?.text).toContain('Nothing is running');
  await house.emulator.person('gus').opensHome();
  await house.emulator.settled();
  expect(house.emulator.person('gus').screen().home).toBeNull();
});
