import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { withCommands } from './commands.ts';

test('what makes no sense is said before anything is done', async () => {
  await withCommands(async ({ says }) => {
    const rows: readonly (readonly [readonly string[], number, RegExp])[] = [
      [['run', 'baner'], 64, /There is no procedure "baner"\. Did you mean banner\?/],
      [['run', 'banner', 'staging'], 64, /"staging" is no parameter: write name=value\. The target is given with --target/],
      [['run', 'banner', '--target', 'stagin'], 64, /There is no target "stagin"\. Did you mean "staging"\?/],
      [['run', 'banner', 'text=loud'], 64, /text/],
      [['run', 'stock', '--detach'], 64, /No bot is running, so nobody would carry the run on/],
      [['answer', 'r4t8wz', 'yes'], 64, /Nothing waits for an answer there/],
      [['approve'], 1, /Nothing waits for an approval/],
      [['show', 'r4t8wz'], 64, /There is no incident or run "r4t8wz"/],
      [['stop', 'r4t8wz'], 1, /There is no such run\. `rollbot status` lists the runs there are\./],
      [['receive', 'grafana', 'package.json'], 64, /There is no source of alerts "grafana"/],
      [['receive', 'grafana', 'nowhere.json'], 64, /nowhere\.json can't be read/],
      [['deny'], 64, /--reason/],
      [['incident'], 64, /open, lead and close an incident/],
      [['incident', 'clsoe'], 64, /Did you mean close\?/],
      [['incident', 'status'], 64, /No incident is open/],
      [['incident', 'note', 'it rises'], 64, /No incident is open/],
      [['incident', 'todo', 'dine'], 64, /There is no rollbot incident todo dine\. Type nothing behind it, or mine, all/],
      [['incident', 'todo', 'done'], 64, /Say which one: rollbot incident todo done <number>/],
      [['incident', 'reopen', 'k7m2xq', '--reason', 'x'], 64, /There is no incident or run "k7m2xq"/],
      [['run', 'stock', '--incident', 'k7m2xq'], 64, /There is no incident or run "k7m2xq"/],
    ];
    for (const [words, code, sentence] of rows) {
      const said = await says(...words);
      expect([words.join(' '), said.code, said.err]).toEqual([words.join(' '), code, expect.stringMatching(sentence)]);
    }
  });
});

const INCIDENT_COMMANDS = 'open list status note severity role update todo checklist close reopen report'.split(' ');

test('every exit status is in --help, and every command has an example or needs none', async () => {
  await withCommands(async ({ says }) => {
    const help = await says('--help');
    expect(help.code).toBe(0);
    for (const status of [0, 1, 3, 64, 69, 75, 77, 78, 130]) expect(help.out).toMatch(new RegExp(`\\b${status} `));
    for (const command of ['run', 'stop', 'approve', 'deny', 'answer', 'status', 'show', 'report', 'close', 'receive', 'incident']) {
      expect((await says(command, '--help')).out).toMatch(new RegExp(`Examples?:\\n {2}rollbot ${command}`));
    }
    for (const command of INCIDENT_COMMANDS) {
      const { out } = await says('incident', command, '--help');
      expect(out).toMatch(new RegExp(`Examples?:\\n {2}rollbot incident ${command}`));
      expect(out).toContain('--json');
    }
  });
});

test('looks need no database, and leave none', async () => {
  await withCommands(async ({ says }) => {
    expect((await says('status')).out).toBe('Nothing is running, and no incident is open.\n');
    expect((await says('list')).out).toMatch(/^banner +Banner rollback · Shop front · 1m text= height=$/m);
    expect(JSON.parse((await says('status', '--json')).out)).toEqual({ incidents: [], broken: [], claims: [] });
    expect((await says('incident', 'list', '--all')).out).toBe('There was no incident yet.\n');
    expect(JSON.parse((await says('incident', 'list', '--json')).out)).toEqual({ incidents: [], broken: [] });
    expect((await says('incident', 'todo')).out).toBe('Nothing is left to be done after any incident.\n');
    expect((await says('completion', 'severities')).out).toBe('sev1\nsev2\n');
    expect((await says('verify')).err).toMatch(/There is no journal at/);
  });
});

test('a dry run asks the checks and shows exactly what would run', async () => {
  await withCommands(async ({ says }) => {
    const { code, out } = await says('run', 'banner', '--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/✗ The banner is there +[0-9a-f]{8}: /);
    expect(out).toContain('    rm -- "$SHOP/banner-cache"; echo "banner cache cleared" >>"$SHOP/diary"\n');
  });
});

test('a shell completes commands, their options and names that they take', async () => {
  await withCommands(async ({ says }) => {
    const { out } = await says('completion', 'bash');
    const rows: readonly (readonly [string, string])[] = [
      ['app', 'approve'],
      ['approve --b', '--break-glass'],
      ['run ban', 'banner'],
      ['inc', 'incident'],
      ['incident re', 'reopen report'],
      ['incident role s', 'scribe'],
      ['page l', 'list'],
      ['page omar --w', '--wait'],
      ['page add', 'addressees'],
      ['page ack pa', 'pages'],
      ['page mail ven', 'vendors'],
      ['oncall ro', 'roles'],
      ['oncall can', 'cancel'],
      ['oncall override ro', 'roles'],
      ['incident note it --inc', '--incident'],
      ['incident status inc', 'incidents'],
      ['close inc', 'incidents'],
      ['run banner --incident inc', 'incidents'],
      ['incident note it --incident inc', 'incidents'],
      ['incident severity sev', 'severities'],
      ['incident open it --severity sev', 'severities'],
    ];
    const asks = rows.map(([line]) => {
      const words = ['rollbot', ...line.split(' ')];
      return `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _rollbot; echo "\${COMPREPLY[@]}"`;
    });
    // What the commands are asked while somebody types is answered with what was asked.
    const script = `${out}\nrollbot() { echo "$2"; }\n${asks.join('\n')}`;
    const env = { PATH: process.env['PATH'] ?? '', ROLLBOT_PROCEDURES: path.resolve('test/fixtures/stories/procedures') };
    const completed = execFileSync('bash', ['-c', script], { env, encoding: 'utf8' }).trim().split('\n');
    expect(completed.map((words, index) => [rows[index]?.[0], words])).toEqual(rows);
    expect((await says('completion', 'zsh')).out).toContain('bashcompinit');
    expect(await says('completion', 'fish')).toMatchObject({
      code: 64,
      err: 'rollbot: There is no completion for "fish". Choose bash or zsh.\n',
    });
  });
});
