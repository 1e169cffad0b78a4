import { expect } from 'vitest';
import type { PersonId } from '../../src/core/brand.ts';
import type { Person } from '../../src/demo/slack/index.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const OPS = { in: '#ops' };
const MINUTE = 60_000;

/** It is 03:00 in London; the database admins hand over at 03:40, from mina to priya. */
async function rotate(world: LightWorld): Promise<void> {
  const contact = (name: 'mina' | 'priya' | 'dana') => `  ${name}: { slack: ${world[name].id} }\n`;
  await world.edit('rollbot.yml', (text) =>
    `${text}contacts:
${contact('mina')}${contact('priya')}rotations:
  databases: { people: [mina, priya], every: day, zone: Europe/London, at: '03:40', from: 2026-11-23 }
`.replace('  database-admin:\n', '  database-admin:\n    contacts: [priya]\n    on-call: databases\n'),
  );
}

/** How often somebody read in their direct messages that they are on call. */
function timesTold(person: Person): number {
  return person.messages('@rollbot').filter(({ text }) => text.includes('has put you on call')).length;
}

story(
  'mina stays on call over the hand-over: omar may not say so and can not be on call, dana may, and priya’s turn begins later',
  async ({ world }) => {
    const { dana, omar, mina, priya, clock } = world;
    await rotate(world);
    await mina.types('/oncall', OPS);
    const all = await mina.sees(/Who is on call/);
    expect(all.kind).toBe('ephemeral');
    expect(all.text).toMatch(/database-admin: mina until [^,]*, then priya/);
    expect(all.text).toMatch(/devops-engineer: omar \(no rotation\)/);

    await omar.types('/oncall override database-admin priya from 03:20 to 04:30', OPS);
    await omar.sees('Only those who hold the role, and commanders, change who is on call for it. Ask one of them.');
    await dana.types('/oncall override database-admin omar from 03:20 to 04:30', OPS);
    await dana.sees('"omar" does not hold database-admin, and only who does can be on call for it. These do: mina and priya.');
    await mina.types('/oncall override database-admin priya from 03:20 to 03:25', OPS);
    await mina.sees(
      'priya is on call for database-admin from Tue 24 Nov 2026 03:20 Europe/London to Tue 24 Nov 2026 03:25 Europe/London, instead of mina.',
    );
    await priya.sees(/mina has put you on call for database-admin from/, { in: '@rollbot' });
    await dana.types('/oncall override database-admin mina from 03:30 to 04:30', OPS);
    await dana.sees(
      'mina is on call for database-admin from Tue 24 Nov 2026 03:30 Europe/London to Tue 24 Nov 2026 04:30 Europe/London, instead of priya.',
    );
    await mina.sees(/dana has put you on call for database-admin from/, { in: '@rollbot' });
    await priya.sees(/dana has put mina on call for database-admin instead of you from .*03:40.* to .*04:30/, { in: '@rollbot' });

    // Over a restart, and over the hand-over at 03:40.
    await world.restarts();
    clock.advance(45 * MINUTE);
    await mina.types('/oncall database-admin', OPS);
    const during = await mina.sees(/Rotation databases/);
    expect(during.text).toMatch(/database-admin: mina until [^\n]*04:30/);
    expect(during.text).toMatch(/arrow_right: priya from [^\n]*04:30/);
    clock.advance(50 * MINUTE);
    await mina.types('/oncall', OPS);
    expect((await mina.sees(/database-admin: priya until/)).text).toMatch(/then mina/);
    await world.restarts();
    expect([timesTold(priya), timesTold(mina)]).toEqual([1, 1]);
  },
);

story(
  'priya, who is a contact of the role and in no group of it, holds it; mina’s form puts her on call, and she takes it back',
  async ({ world }) => {
    const { dana, mina, priya } = world;
    await rotate(world);
    await mina.types('/oncall override database-admin', OPS);
    await mina.sees('Who', { in: 'view' });
    const now = Math.floor(world.clock.now() / 1000);
    expect(await mina.submits({ Who: 'priya', From: String(now), To: String(now - 60) })).toEqual({
      status: 'errors',
      errors: { to: 'It would end before it begins. Give an end that is later.' },
    });
    expect(await mina.submits({ To: String(now + 3600) })).toEqual({ status: 'closed' });
    await mina.sees(/priya is on call for database-admin from .* instead of mina/);
    await priya.sees(/mina has put you on call for database-admin/, { in: '@rollbot' });
    expect(await world.app.slack.people.read(priya.id as PersonId, { fresh: true })).toMatchObject({
      roles: ['database-admin', 'product-owner'],
    });

    await priya.types('/oncall cancel database-admin', OPS);
    await priya.sees(/The override is cancelled. mina is on call for database-admin until Tue 24 Nov 2026 03:40 Europe\/London/);
    // Who sleeps because somebody else is on call hears of it, once, also over a restart; who has done it knows it.
    await mina.sees(/You are on call for database-admin from .*: priya has taken it back that priya is/, { in: '@rollbot' });
    await mina.types('/oncall override database-admin priya for 2h', OPS);
    await mina.sees(/priya is on call for database-admin from .* to Tue 24 Nov 2026 05:00/);
    await priya.sees(/mina has put you on call for database-admin from .* to .*05:00/, { in: '@rollbot' });
    await world.restarts();
    await dana.types('/oncall cancel database-admin', OPS);
    await dana.sees(/The override is cancelled/);
    await priya.sees(/dana has taken it back that you are on call for database-admin/, { in: '@rollbot' });
    await mina.sees(/You are on call for database-admin from .*: dana has taken it back that priya is/, { in: '@rollbot' });
    await world.restarts();

    await priya.types('/oncall cancel database-admin', OPS);
    await priya.sees(/There is no such override any more/);
  },
);

story('a role that is misspelt is refused in the form that has opened for it', async ({ world }) => {
  const { mina } = world;
  await rotate(world);
  await mina.types('/oncall override database-admn', OPS);
  await mina.sees('There is no role "database-admn". Did you mean "database-admin"?', { in: 'view' });
});
