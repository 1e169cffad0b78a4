import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { danaAsks, furniture, isAsked } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

/** What somebody types wrongly at three in the morning, and the sentence that says what to type instead. */
const SLIPS: readonly (readonly [typed: string, reads: RegExp])[] = [
  ['/rollback baner', /There is no procedure "baner"\. Did you mean "banner"\?/],
  ['/rollback everything', /There is no procedure "everything"\. The procedures are banner, newsletter, prices, stock and voucher/],
  ['/rollback Banner', /There is no procedure "Banner"\. Did you mean "banner"\?/],
  ['/rollback banner prodction', /There is no target "prodction"\. Did you mean production\?/],
  ['/rollback banner mars', /There is no target "mars"\. The targets are production and staging/],
  ['/rollback voucher staging', /voucher[^]*staging[^]*production/],
  ['/rollback banner txt=plain', /no parameter "?txt"?[^]*Did you mean "?text"?/i],
  ['/rollback banner text=', /text= has no value/],
  ['/rollback banner text =plain', /Write text=<value>, with nothing around the =/],
  ['/rollback banner text:plain', /Write text=<value> instead of "text:plain"/],
  ['/rollback banner text=loud', /text is "loud", which is not a choice\. The choices are plain and festive/],
  ['/rollback banner text=plian', /text is "plian", which is not a choice\. Did you mean "plain"\?/],
  ['/rollback banner text=plain text=festive', /text is given twice\. Give it once/],
  ['/rollback banner height=two', /height is "two", which is not a whole number/],
  ['/rollback banner height=-2', /height begins with a dash, which is refused because a program could read it as an option/],
  ['/rollback banner text=-rf', /text begins with a dash/],
  ['/rollback banner --force', /There is no flag "--force"/],
  ['/rollback banner dry-run', /For a dry run, add --dry-run/],
  ['/rollback banner "the sale is over', /A quotation begins at "the sale is over and does not end/],
  ['/rollback banner stop', /"stop" is no target\. For the command, type \/rollback stop/],
  ['/rollback <!here> `rm -rf /` *now*', /There is no procedure "<.?!here>"/],
  ['/rollback banner text=<!here>', /text is "<.?!here>", which is not a choice/],
  ['/rollback banner `whoami`', /There is no target "[`'ˋ]?whoami[`'ˋ]?"/],
];

story('every slip is answered by a sentence to whoever made it, and nothing starts', async ({ world }) => {
  const { dana, omar } = world;
  for (const [typed, reads] of SLIPS) {
    await dana.types(typed, { in: '#ops' });
    const says = await dana.sees(reads);
    expect(says.kind).toBe('ephemeral');
    expect(says.notification).not.toMatch(/<!here>|<!channel>/);
    dana.reloads();
  }
  expect(omar.messages('#ops')).toEqual([]);
  await nothingHasBegun(world);
});

story('a reason with quotes, a call to everybody and backticks is a reason, and calls and runs nothing', async ({ world }) => {
  const { dana, omar } = world;
  furniture(world);
  const { channel } = await danaAsks(world, `/rollback banner "it's "over", <!here> \`rm -rf /\` $(reboot) *now*"`);
  const asked = await isAsked(omar, 'Clear the banner');
  expect(asked.text).toContain('$(reboot)');
  const card = await dana.sees(/started by dana/, { in: channel });
  expect(card.text).toContain(`it's "over"`);
  const posts = world.slack.calls.filter(({ method }) => method.startsWith('chat.'));
  expect(JSON.stringify(posts.map(({ args }) => args))).not.toContain('<!here>');
});

story('a broken file is named with its line and column, and the other procedures still work', async ({ world }) => {
  const { dana, omar, shop } = world;
  furniture(world);
  const stock = await readFile(path.join(world.folder, 'procedures', 'stock.yml'), 'utf8');
  await writeFile(path.join(world.folder, 'procedures', 'lights.yml'), stock.replace('effect: guarded', 'efect: guarded'));
  await dana.types('/rollback lights', { in: '#ops' });
  expect((await dana.sees(/lights can't run until its file is mended/)).text).toMatch(/lights\.yml:8:5: .*efect/);
  await dana.types('/rollback list', { in: '#ops' });
  expect((await dana.sees(/5 procedures/)).text).toMatch(/lights\.yml:8:5: .*efect/);

  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await omar.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(['banner cache cleared', 'banner plain']);
});

story('a file that is no YAML at all is named as well, and works as soon as it is mended', async ({ world }) => {
  const { dana } = world;
  furniture(world);
  await world.edit('procedures/voucher.yml', (text) => text.replace('title: Voucher', 'title: "Voucher'));
  await dana.types('/rollback voucher', { in: '#ops' });
  expect((await dana.sees(/voucher can't run until its file is mended/)).text).toMatch(/voucher\.yml:\d+:\d+: /);
  await nothingHasBegun(world);
  await world.edit('procedures/voucher.yml', (text) => text.replace('title: "Voucher', 'title: Voucher'));
  await danaAsks(world, '/rollback voucher');
  await isAsked(world.omar, 'Void the vouchers');
});

async function nothingHasBegun({ dana, shop, app }: LightWorld): Promise<void> {
  await dana.types('/rollback status', { in: '#ops' });
  await dana.sees(/Nothing is running, and no incident is open/);
  expect(await app.store.streams({ includeClosed: true, limit: 10 })).toEqual([]);
  expect(await shop.diary()).toEqual([]);
}
