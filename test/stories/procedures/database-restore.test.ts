import { readFile, readdir, truncate, writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { handDatabase } from '../../procedures/database-world.ts';
import { asks, denies, furniture } from '../conversation.ts';
import type { Asked } from '../conversation.ts';
import { storyOf } from '../world.ts';
import type { World } from '../world.ts';
import { answers } from './answers.ts';

const story = storyOf('database-restore');
/** A whole production is built, broken and repaired in each of these, and it follows real time. */
const LONG = { timeout: 300_000 };
const PATIENCE = { within: 90_000 };
const STOP = 'Stop all writes';
const RESTORE = 'Restore the backup into the new database';
const SWAP = 'Let the new database take the place of the live one';
const WRITE = 'insert into orders (product_id, quantity, total_cents) values (1, 1, 100)';
const THREE = ['It happened', 'It did not: run it again', 'Stop here'];

story(
  'a backup that was cut is refused and nothing is lost; with the whole one the data is repaired, and again without harm',
  LONG,
  async ({ world }) => {
    const { dana, omar, lee, priya, sandbox } = world;
    announced(world);
    const database = handDatabase(sandbox);
    const [name = ''] = (await readdir(database.pathOf(''))).filter((file) => /^shop_.*\.dump$/.test(file));
    const whole = await readFile(database.pathOf(name));
    await truncate(database.pathOf(name), Math.floor(whole.length / 2));
    const cut = await asks(dana, '/rollback database-restore');
    const half = Math.floor(whole.length / 2);
    await dana.sees(new RegExp(`${name} has ${half} bytes, and should have ${whole.length}`), { in: cut.channel, ...PATIENCE });
    await dana.sees(/not started: a check before it failed, and nothing was changed/, { in: cut.channel, ...PATIENCE });
    expect([await orders(world), await database.asApp('select 1'), await world.app.store.claims()]).toEqual([2025, '1', []]);

    await writeFile(database.pathOf(name), whole);
    const { run, channel } = await toTheSwap(world);
    await lee.sees(/Degraded\s+The database shop can only be read/, { in: '#general' });
    await dana.clicks('Approve');
    await dana.sees(/You asked for this run, so somebody else has to approve it/);
    await bothApprove(world, channel);
    const told = await priya.sees(/Operational\s+The database shop has the data of backup/, { in: channel, ...PATIENCE });
    expect(told.text).toContain('@priya');
    await omar.sees(/can be written to again[^]*not lost/, { in: '#general' });
    await isVerified(world, channel);
    expect((await sandbox.health()).reasons).toEqual([]);
    expect([await orders(world), await orders(world, `shop_before_${run}`), await database.asApp(WRITE)]).toEqual([2000, 2025, '']);

    const again = await toTheSwap(world);
    await bothApprove(world, again.channel);
    await isVerified(world, again.channel);
    expect([await orders(world), await orders(world, `shop_before_${again.run}`)]).toEqual([2000, 2001]);
  },
);

story(
  'nobody is kept from ordering before omar lets them be; mina denies the restore, then it fails in the middle: each time it is undone',
  LONG,
  async ({ world }) => {
    const { dana, mina, omar, lee, sandbox } = world;
    announced(world);
    const database = handDatabase(sandbox);
    const denied = await isToStop(world);
    await dana.clicks('Approve');
    await dana.sees(/You asked for this run, so somebody else has to approve it|You are not in a role that may/);
    expect(await database.asApp('update orders set quantity = quantity where false')).toBe('');
    await denies(omar, 'not while the sale is on');
    await dana.sees(/Ended: it was denied/, { in: denied.channel, ...PATIENCE });
    expect([await database.asApp('update orders set quantity = quantity where false'), await world.app.store.claims()]).toEqual(['', []]);
    expect(lee.messages('#general').filter(({ text }) => text.includes('The database shop'))).toEqual([]);

    const first = await begins(world);
    await lee.sees(/Degraded\s+The database shop can only be read/, { in: '#general', ...PATIENCE });
    expect(await database.asApp(WRITE)).toContain('read-only transaction');
    await denies(mina, 'the import can be repaired by hand');
    await isUndone(world, first.channel);
    await lee.sees(/Operational\s+The database shop can be written to again\. No backup was restored/, { in: '#general', ...PATIENCE });
    expect([await database.asApp(WRITE), await orders(world)]).toEqual(['', 2026]);

    // While it is restored, no search path finds the other table.
    await database.sql(`
    create function is_known(id int) returns boolean language plpgsql as $$ begin return exists (select from products p where p.id = $1); end $$;
    create table notes (product_id int check (is_known(product_id)));
    insert into notes values (1);
  `);
    const second = await begins(world, `/rollback database-restore backup=${await database.backUp()}`);
    await mina.clicks('Approve');
    await dana.sees(new RegExp(`A step failed: “${RESTORE}”`), { in: second.channel, ...PATIENCE });
    await isUndone(world, second.channel);
    expect([await database.asApp(WRITE), await orders(world), await databases(world)]).toEqual(['', 2027, 'shop']);
  },
);

story('the bot dies while the names change: it did not happen, then it did, and dana says which', LONG, async ({ world }) => {
  const { dana } = world;
  announced(world);
  const { run, channel } = await toTheSwap(world);
  await diesInTheSwap(world, channel);
  const unknown = await dana.sees(/Did it happen\?/, { in: channel, ...PATIENCE });
  expect(unknown.buttons).toEqual(THREE);
  expect(await databases(world)).toBe(`shop shop_restore_${run}`);
  await dana.clicks('It did not: run it again');
  await dana.sees(/Approval needed[^]*attempt 2/, { in: channel, ...PATIENCE });

  await diesInTheSwap(world, channel, async () => {
    // Nobody comes back between the two, as the application would.
    await handDatabase(world.sandbox).sql('alter database shop connection limit 0', 'postgres');
    const renamed = `alter database shop rename to shop_before_${run}; alter database shop_restore_${run} rename to shop`;
    const swapped = `${renamed}; alter database shop_before_${run} connection limit -1;`;
    await expect
      .poll(
        async () =>
          await handDatabase(world.sandbox)
            .sql(`${END_ALL}; ${swapped}`, 'postgres')
            .then(() => 'done', String),
      )
      .toBe('done');
  });
  await dana.sees(/Did it happen\?[^]*attempt 2/, { in: channel, ...PATIENCE });
  await dana.clicks('It happened');
  await isVerified(world, channel);
  expect([await orders(world), await orders(world, `shop_before_${run}`)]).toEqual([2000, 2025]);
});

story(
  'nobody can tell, and dana stops: the data is there, nobody can write, and one line by hand lets them in',
  LONG,
  async ({ world }) => {
    const { dana, sandbox } = world;
    announced(world);
    const database = handDatabase(sandbox);
    const { run, channel } = await toTheSwap(world);
    await diesInTheSwap(world, channel);
    await dana.sees(/Did it happen\?/, { in: channel, ...PATIENCE });
    await dana.clicks('Stop here');
    await dana.sees(/octagonal_sign: Stopped/, { in: channel, ...PATIENCE });
    await dana.sees(/Degraded[^]*ended half-way, so it does not say when that changes/, { in: channel, ...PATIENCE });
    expect([await databases(world), await orders(world), await world.app.store.claims()]).toEqual([`shop shop_restore_${run}`, 2025, []]);
    expect(await database.asApp(WRITE)).toContain('read-only transaction');
    await database.sql('alter database shop reset default_transaction_read_only', 'postgres');
    expect(await database.asApp(WRITE)).toBe('');
  },
);

/** Ends whoever is in the way of a new name, whatever it is that they do. */
const END_ALL = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname like 'shop%'";

function announced(world: World): void {
  furniture(world);
  for (const says of [/The database shop can/, /The database shop has/, /Please answer above/]) world.slack.expects(says);
}

/** Everything before people are kept from writing. */
async function isToStop(world: World, command = '/rollback database-restore'): Promise<Asked> {
  world.dana.reloads();
  const asked = await asks(world.dana, command);
  for (const person of [world.dana, world.omar])
    await person.sees(new RegExp(`Approval needed: ${STOP}[^]*outage`), { in: asked.channel, ...PATIENCE });
  return asked;
}

async function begins(world: World, command?: string): Promise<Asked> {
  const asked = await isToStop(world, command);
  await world.omar.clicks('Approve');
  await world.mina.sees(new RegExp(`Approval needed: ${RESTORE}`), { in: asked.channel, ...PATIENCE });
  return asked;
}

/** Everything before the names change. */
async function toTheSwap(world: World): Promise<Asked> {
  const asked = await begins(world);
  await world.mina.clicks('Approve');
  await world.dana.sees(new RegExp(`Approval needed: ${SWAP}`), { in: asked.channel, ...PATIENCE });
  return asked;
}

async function bothApprove({ omar, mina }: World, channel: string): Promise<void> {
  for (const person of [mina, omar]) {
    await person.sees(new RegExp(`Approval needed: ${SWAP}`), { in: channel, ...PATIENCE });
    await person.clicks('Approve');
  }
}

async function isVerified({ dana, mina }: World, channel: string): Promise<void> {
  await answers(dana, /WebSocket connections/, { channel });
  await answers(mina, /The data that people had missed/, { channel });
  await dana.sees(/done and verified/i, { in: channel, ...PATIENCE });
}

async function isUndone({ dana }: World, channel: string): Promise<void> {
  await dana.sees(/What now\?/, { in: channel, ...PATIENCE });
  await dana.clicks('Undo');
  await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: channel, ...PATIENCE });
}

/** Somebody else holds the database's name while both approve, so that the swap waits; then the bot is ended, and started again. */
async function diesInTheSwap(world: World, channel: string, meanwhile?: () => Promise<void>): Promise<void> {
  const database = handDatabase(world.sandbox);
  const other = await database.connect('postgres');
  await other.query("begin; comment on database shop is 'sandbox-production-database'");
  await bothApprove(world, channel);
  const waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'alter database%'";
  await expect.poll(async () => await database.sql(waiting, 'postgres'), { timeout: PATIENCE.within }).toBe('1');
  await world.restarts(async () => {
    await other.end();
    await expect.poll(async () => await database.sql(waiting, 'postgres'), { timeout: PATIENCE.within }).toBe('0');
    await meanwhile?.();
  });
}

async function orders({ sandbox }: World, of?: string): Promise<number> {
  return Number(await handDatabase(sandbox).sql('select count(*) from orders', of));
}

async function databases({ sandbox }: World): Promise<string> {
  const all = "select string_agg(datname, ' ' order by datname) from pg_database where datname like 'shop%'";
  return await handDatabase(sandbox).sql(all, 'postgres');
}
