import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { openGateway } from '../paging/gateway.ts';
import { withCommands } from './commands.ts';
import type { Commands } from './commands.ts';

/** Mina is reached by a gateway; the page of a command that is the bot for as long as it takes. */
async function withMina(work: (commands: Commands, taken: () => number) => Promise<void>): Promise<void> {
  const gateway = await openGateway('a secret');
  const secret = path.join(tmpdir(), `rollbot-sms-${process.pid}`);
  await writeFile(secret, 'a secret');
  const more = `
contacts: { mina: { name: Mina, slack: U003MINA, webhook: { to: sms, address: '+1 555 0100' } } }
vendors: { cloudflare-support: { title: Cloudflare Support, support: { phone: '+1 555 0100' }, owner: devops-engineer } }
paging: { webhooks: { sms: { url: '${gateway.url}', secret: { file: ${secret} } } } }
`;
  try {
    await withCommands(async (commands) => await work(commands, () => gateway.taken.length), more);
  } finally {
    await gateway.close();
    await rm(secret);
  }
}

test('what makes no sense, or what nobody may, is said with what to type instead', async () => {
  await withMina(async ({ types, says }) => {
    // Whoever carries a page is the bot, so that the others need not become it one after the other.
    const bot = types('page', 'mina', 'come');
    await expect.poll(() => bot.out()).toMatch(/Waiting for Mina/);
    const rows: readonly (readonly [readonly string[], number, RegExp])[] = [
      [['page'], 64, /missing required argument 'to'/],
      [['page', 'databse-admin', 'come'], 64, /^Nobody is called “databse-admin” in rollbot\.yml\. Did you mean database-admin\?/],
      [['page', 'mina'], 64, /^Say what is wanted: `rollbot page mina restore needed`\./],
      [['page', 'mina', 'come', '--incident', 'k7m2xq'], 64, /There is no incident or run "k7m2xq"\./],
      [
        ['page', 'cloudflare-support', 'it is silent'],
        64,
        /What is said to a vendor is about an incident\. Say which one: --incident <id>/,
      ],
      [['page', 'mail', 'cloudflare-support'], 64, /Nobody has to ask "cloudflare-support"\. `rollbot page list` says who/],
      [['page', 'ack'], 1, /^No page waits for you\. `rollbot page list` shows those that are open\./],
      [['page', 'ack', 'k7m2xq'], 1, /^There is no such page\. `rollbot page list` shows those that are open\./],
      [['page', 'done'], 64, /missing required argument 'page'/],
      [['oncall', 'databse-admin'], 64, /There is no role "databse-admin"\. Did you mean "database-admin"\?/],
      [
        ['oncall', 'override', 'database-admin', 'mina'],
        64,
        /Write it as `rollbot oncall override <role> <who>.*or `for 4h` instead of `to`\.$/m,
      ],
      [['oncall', 'override', 'database-admin', 'mina', 'for', '4h'], 1, /Nobody is on call for database-admin: it has no rotation/],
      [['oncall', 'cancel', 'database-admin'], 1, /Nobody is on call for database-admin: it has no rotation/],
    ];
    for (const [words, code, sentence] of rows) {
      const said = await says(...words);
      expect([words.join(' '), said.code, said.err]).toEqual([words.join(' '), code, expect.stringMatching(sentence)]);
    }
    bot.stop();
    expect((await bot.ended).code).toBe(130);
  });
});

test('a look needs no database and leaves none, and every command has examples', async () => {
  const contacts = '\ncontacts: { mina: { name: Mina, slack: U003MINA, email: mina@pitchey.example } }\n';
  await withCommands(async ({ says }) => {
    expect((await says('page', 'list')).out).toBe('No page is open. `rollbot page <role> "<what is wanted>"` calls somebody.\n');
    expect(JSON.parse((await says('page', 'list', '--json')).out)).toEqual({ pages: [], vendors: [] });
    expect((await says('oncall')).out).toMatch(/^database-admin {3}Mina \(no rotation\)$/m);
    expect(JSON.parse((await says('oncall', 'database-admin', '--json')).out)).toMatchObject({
      roles: [{ role: 'database-admin', onCall: null, people: [{ contact: 'mina', media: ['slack', 'email'] }] }],
    });
    expect((await says('completion', 'addressees')).out).toBe('lead-developer\ndevops-engineer\ndatabase-admin\nproduct-owner\nmina\n');
    expect((await says('completion', 'pages')).out).toBe('');
    expect((await says('verify')).err).toMatch(/There is no journal at/);
    for (const command of [
      'page',
      'page list',
      'page ack',
      'page escalate',
      'page done',
      'page mail',
      'oncall',
      'oncall override',
      'oncall cancel',
    ])
      expect((await says(...command.split(' '), '--help')).out).toMatch(new RegExp(`Examples?:\\n {2}rollbot ${command}`));
  }, contacts);
});

test('where no bot runs the command calls people itself, until somebody has it', async () => {
  await withMina(async ({ types, says }, taken) => {
    const page = types('page', 'database-admin', 'restore', 'needed');
    await expect.poll(() => page.out()).toMatch(/Waiting for Mina/);
    expect(page.out()).toMatch(
      /^Paging database-admin \(page \w+\)\.\nNo bot is running, so this command goes on calling people, without Slack, until somebody has it\.\n/,
    );
    expect(page.out()).toMatch(/^ {2}[\d:]{8} Mina: Slack failed: no bot is connected to Slack; webhook sent$/m);
    expect(taken()).toBe(1);
    const id = /\(page (\w+)\)/.exec(page.out())?.[1] ?? '';
    expect((await says('completion', 'pages')).out).toBe(`${id}\n`);
    expect(JSON.parse((await says('page', 'escalate', id, '--json')).out)).toEqual({ page: id });
    expect((await says('page', 'ack', id)).out).toBe('You have it. Everybody who was called can see that.\n');
    const { code, out, err } = await page.ended;
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/dana had the next ones called without waiting\n/);
    expect(out).toMatch(/ dana answered the page \(by command\)\n$/);
  });
});

test('a Ctrl+C says what becomes of the page, and the next command knows it', async () => {
  await withMina(async ({ types, says }, taken) => {
    const page = types('page', 'mina', 'restore needed', '--json');
    await expect.poll(taken).toBe(1);
    page.stop();
    expect(await page.ended).toEqual({
      code: 130,
      out: '',
      err: expect.stringMatching(
        /^rollbot: This command was all that called people for page \w{6}\. Start the bot, and it goes on where it was left\.\n$/,
      ) as unknown,
    });
    const { pages } = JSON.parse((await says('page', 'list', '--json')).out) as { pages: { page: string; status: string }[] };
    expect(pages).toMatchObject([{ status: 'open', calls: [{ people: [{ contact: 'mina' }] }], next: { does: 'begin-stage' } }]);
    expect((await says('page', 'done', pages[0]?.page ?? '')).out).toBe('The page is over.\n');
    expect((await says('page', 'list')).out).toMatch(/^No page is open/);
  });
});
