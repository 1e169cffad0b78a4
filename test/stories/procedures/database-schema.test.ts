import { execa } from 'execa';
import { expect } from 'vitest';
import { handDatabase } from '../../procedures/database-world.ts';
import { asks, denies, furniture } from '../conversation.ts';
import type { Asked } from '../conversation.ts';
import { storyOf } from '../world.ts';
import type { World } from '../world.ts';
import { answers } from './answers.ts';

const story = storyOf('database-schema');
/** A whole production is built, broken and repaired in each of these, and it follows real time. */
const LONG = { timeout: 300_000 };
const PATIENCE = { within: 90_000 };
const STEP = 'Take the migration back';
const ALL = '0001-shop 0002-offers 0003-discounts';
const WITHOUT = '0001-shop 0002-offers';

story('mina approves that one migration is taken back, and a second time there is nothing to do', LONG, async ({ world }) => {
  const { dana, mina, sandbox } = world;
  announced(world);
  const { channel } = await begins(world);
  await dana.clicks('Approve');
  await dana.sees(/You asked for this run, so somebody else has to approve it|You are not in a role that may/);
  expect(await applied(world)).toBe(ALL);
  await mina.clicks('Approve');
  await isVerified(world, channel);
  expect([await applied(world), (await sandbox.health()).reasons]).toEqual([WITHOUT, []]);

  dana.reloads();
  const again = await asks(dana, '/rollback database-schema migration=0003-discounts');
  await dana.sees(/Done: there was nothing to do/, { in: again.channel, ...PATIENCE });
  expect(await applied(world)).toBe(WITHOUT);
});

story(
  'mina denies it; then rows would go; then the code can not be published, and dana has the rows brought back',
  LONG,
  async ({ world }) => {
    const { dana, mina, sandbox } = world;
    announced(world);
    const database = handDatabase(sandbox);
    const first = await begins(world);
    await denies(mina, 'the discounts are on their way');
    await dana.sees(/What now\?/, { in: first.channel, ...PATIENCE });
    await dana.clicks('Stop');
    await dana.sees(/Ended: it was denied/, { in: first.channel, ...PATIENCE });
    expect([await applied(world), await world.app.store.claims()]).toEqual([ALL, []]);

    await database.sql('insert into discounts values (1, 10), (2, 20)');
    dana.reloads();
    const refused = await asks(dana, '/rollback database-schema');
    await dana.sees(/2 rows would go, of discounts/, { in: refused.channel, ...PATIENCE });
    await dana.sees(/not started: a check before it failed, and nothing was changed/, { in: refused.channel, ...PATIENCE });

    const { channel } = await begins(world, '/rollback database-schema lose_rows=yes');
    await takesTheName(world);
    await mina.clicks('Approve');
    await dana.sees(/A step failed: “Take the schema and the migrations of the code back/, { in: channel, ...PATIENCE });
    await dana.sees(/did not accept the branch rollbot/, { in: channel, ...PATIENCE });
    expect(await applied(world)).toBe(WITHOUT);
    await dana.clicks('Undo');
    await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: channel, ...PATIENCE });
    expect([await applied(world), await database.sql('select * from discounts order by 1')]).toEqual([ALL, '1|10\n2|20']);
  },
);

story(
  'the bot dies in it and its check can not look: nobody knows, and dana, who has looked, has it run again',
  LONG,
  async ({ world }) => {
    const { dana, mina, sandbox } = world;
    announced(world);
    const database = handDatabase(sandbox);
    const { channel } = await begins(world);
    const other = await database.connect('shop');
    await other.query('begin; lock table discounts in access share mode');
    await mina.clicks('Approve');
    const waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = 'shop'";
    await expect.poll(async () => await database.sql(waiting, 'postgres'), { timeout: PATIENCE.within }).toBe('1');
    await world.restarts(async () => await database.sql('alter database shop connection limit 0', 'postgres').then(() => undefined));
    const unknown = await dana.sees(/Did it happen\?/, { in: channel, ...PATIENCE });
    expect(unknown.buttons).toEqual(['It happened', 'It did not: run it again', 'Stop here']);
    expect(unknown.text).toContain(STEP);

    await other.end();
    await database.sql('alter database shop connection limit -1', 'postgres');
    expect(await applied(world)).toBe(ALL);
    await dana.clicks('It did not: run it again');
    await mina.sees(new RegExp(`Approval needed: ${STEP}[^]*attempt 2`), { in: channel, ...PATIENCE });
    await mina.clicks('Approve');
    await isVerified(world, channel);
    expect(await applied(world)).toBe(WITHOUT);
  },
);

function announced(world: World): void {
  furniture(world);
  world.slack.expects(/Please answer above/);
}

async function begins(world: World, command = '/rollback database-schema'): Promise<Asked> {
  world.dana.reloads();
  const asked = await asks(world.dana, command);
  for (const person of [world.dana, world.mina])
    await person.sees(new RegExp(`Approval needed: ${STEP}`), { in: asked.channel, ...PATIENCE });
  return asked;
}

async function isVerified({ dana, mina }: World, channel: string): Promise<void> {
  await answers(dana, /WebSocket connections/, { channel });
  await answers(mina, /The data looks right/, { channel });
  await dana.sees(/done and verified/i, { in: channel, ...PATIENCE });
}

async function applied({ sandbox }: World): Promise<string> {
  return await handDatabase(sandbox).sql("select string_agg(id, ' ' order by id) from schema_migrations");
}

/** Somebody has pushed a branch that is called "rollbot", beside which there can be no "rollbot/…". */
async function takesTheName({ sandbox }: World): Promise<void> {
  const remote = (await execa('git', ['-C', sandbox.repo, 'remote', 'get-url', 'origin'])).stdout;
  await execa('git', ['-C', remote, 'branch', 'rollbot', 'main']);
}
