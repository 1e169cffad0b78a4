import { expect } from 'vitest';
import type { Person } from '../../src/demo/slack/index.ts';
import { danaAsks, furniture, isAsked } from './conversation.ts';
import { story } from './light-world.ts';

const BANNER = 'Banner rollback (banner)';

/** Opens the form with `/rollback` alone, and chooses a procedure in it. */
async function opensForm(person: Person, procedure: string): Promise<void> {
  await person.types('/rollback', { in: '#ops' });
  await person.sees('Procedure', { in: 'view' });
  await person.fills({ Procedure: procedure });
  await person.sees('Target', { in: 'view' });
}

story('dana fills the form behind /rollback, and it starts what she chose', async ({ world }) => {
  const { dana, omar, shop } = world;
  furniture(world);
  await opensForm(dana, BANNER);
  const form = dana.view()?.text ?? '';
  expect(form).toContain("Clears the banner's cache and puts the plain banner back.");
  expect(form).toContain('What the banner says afterwards');
  expect(await dana.submits({ Target: 'staging', text: 'festive', 'Why?': 'the sale goes on' })).toEqual({ status: 'closed' });

  await dana.sees(/Started banner \(run \w+\)/);
  const asked = await isAsked(omar, 'Clear the banner');
  expect(asked.text).toContain('on staging');
  expect(asked.text).toContain('because: the sale goes on');
  await dana.sees(/text=festive/);
  await omar.clicks('Approve');
  await dana.sees(/done and verified/i);
  expect(await shop.diary()).toEqual(['banner cache cleared']);
});

story('a mistake in the form stands at its field, and the form stays open until it is mended', async ({ world }) => {
  const { dana, omar, shop } = world;
  furniture(world);
  await opensForm(dana, BANNER);
  const refused = await dana.submits({ height: 'two' });
  expect(refused).toEqual({
    status: 'errors',
    errors: { 'param:banner:height': 'height is "two", which is not a whole number. Write it in digits, such as 42.' },
  });
  expect(await dana.submits({ height: '2' })).toEqual({ status: 'closed' });
  await dana.sees(/Started banner/);
  await dana.sees(/height=2/);
  await isAsked(omar, 'Clear the banner');
  expect(await shop.diary()).toEqual([]);
});

story('the form tells lee at once that this is not for him', async ({ world }) => {
  const { lee } = world;
  await opensForm(lee, BANNER);
  const refused = await lee.submits();
  expect(refused).toMatchObject({
    status: 'errors',
    errors: { procedure: expect.stringContaining('You are not in a role that may start') },
  });
  await lee.closesView();
  await lee.types('/rollback status', { in: '#ops' });
  await lee.sees('Nothing is running');
});

story('choosing another procedure changes the fields, and nothing that was typed for the first one is kept', async ({ world }) => {
  const { dana } = world;
  furniture(world);
  await opensForm(dana, BANNER);
  await dana.fills({ height: '7' });
  await dana.fills({ Procedure: 'Voucher rollback (voucher)' });
  await world.slack.settled();
  expect(dana.view()?.text).toContain('Target');
  expect(dana.view()?.text).not.toContain('height');
  expect(await dana.submits()).toEqual({ status: 'closed' });
  await dana.sees(/Started voucher/);
  await isAsked(world.omar, 'Void the vouchers');
});

story('the form can also only show what would be done', async ({ world }) => {
  const { dana, shop } = world;
  await opensForm(dana, BANNER);
  expect(await dana.submits({ How: ['Only show what it would do (dry run)'] })).toEqual({ status: 'closed' });
  await dana.sees(/Dry run: Banner rollback on production/);
  expect(await shop.diary()).toEqual([]);
  expect(await world.app.store.streams({ includeClosed: true, limit: 10 })).toEqual([]);
});

story('submitting before a procedure is chosen is refused by Slack itself', async ({ world }) => {
  const { dana } = world;
  await dana.types('/rollback', { in: '#ops' });
  await dana.sees('Procedure', { in: 'view' });
  expect(await dana.submits()).toMatchObject({ status: 'errors' });
});

story('the shortcut opens the same form from anywhere', async ({ world }) => {
  const { dana } = world;
  furniture(world);
  await dana.usesShortcut('start_rollback');
  await dana.sees('Procedure', { in: 'view' });
  await dana.fills({ Procedure: 'Voucher rollback (voucher)' });
  await dana.sees('Target', { in: 'view' });
  expect(await dana.submits()).toEqual({ status: 'closed' });
  await isAsked(world.omar, 'Void the vouchers');
  await dana.sees(/Started voucher/);
});

story('what the form would change is held by another run: dana reads by which, since when', async ({ world }) => {
  const { dana, omar } = world;
  furniture(world);
  const { run } = await danaAsks(world, '/rollback prices');
  await isAsked(omar, 'Clear the cached prices');
  await opensForm(dana, BANNER);
  await dana.submits();
  const says = await dana.sees(/shop:front is held by prices/);
  expect(says.text).toContain(`run ${run}, started by dana`);
});
