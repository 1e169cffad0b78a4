import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStage, PATH } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => (stage = await createStage()));
afterAll(async () => await stage.close());

const run = (...argv: string[]) => ({ kind: 'run', argv, exit: [0] }) as const;

describe('a program', () => {
  test('gets its arguments as they are, without a shell', async () => {
    const args = ['$HOME', '`id`', ';', 'rm -rf', '*', '"', "'", '\\', '--', '-n', '', 'two\nlines', '😀'];
    const { answer, output } = await stage.perform(run('printf', '[%s]', ...args));
    expect(answer).toEqual({ status: 'ok', says: '"printf" ended with exit status 0.', outputs: {} });
    expect(output).toBe(args.map((each) => `[${each}]`).join(''));
  });

  test("gets the target's environment and nothing of the bot's", async () => {
    const { output } = await stage.perform(run('env'), { env: { PATH: '/usr/bin', COLOUR: 'green' } });
    expect(output.trim().split('\n').toSorted()).toEqual(['COLOUR=green', 'PATH=/usr/bin']);
  });

  test('reads an empty standard input, or the text that it is given', async () => {
    expect((await stage.perform(run('cat'))).output).toBe('');
    const text = 'line\n'.repeat(50_000);
    const { answer } = await stage.perform({ ...run('wc', '-c'), stdin: text }, { outputs: { bytes: { pattern: '\\d+' } } });
    expect(answer).toMatchObject({ status: 'ok', outputs: { bytes: '250000' } });
  });

  test('may leave its standard input unread', async () => {
    expect((await stage.perform({ ...run('true'), stdin: 'x'.repeat(1_000_000) })).answer.status).toBe('ok');
  });

  test('runs in the folder that is given, or else in an empty one of its run', async () => {
    expect((await stage.perform({ ...run('pwd'), cwd: stage.folder })).output.trim()).toBe(stage.folder);
    expect((await stage.perform(run('pwd'))).output.trim()).toBe(join(stage.scratch, 'work', 'r1'));
  });

  test('succeeds with any exit status that is listed, and only with those', async () => {
    const grep = { ...run('grep', 'x', '/dev/null'), exit: [0, 1] };
    expect((await stage.perform(grep)).answer.status).toBe('ok');
    expect((await stage.perform({ ...run('true'), exit: [1] })).answer).toMatchObject({ status: 'failed', exit: 0 });
  });

  test('that fails is failed, with its exit status and the last line of its errors', async () => {
    const { answer } = await stage.perform(run('bash', '-c', 'echo fine; echo first >&2; echo "no such zone" >&2; echo >&2; exit 3'));
    expect(answer).toEqual({ status: 'failed', exit: 3, says: '"bash" ended with exit status 3: no such zone' });
  });

  test('that says nothing on its standard error is quoted from its output', async () => {
    const { answer } = await stage.perform(run('bash', '-c', 'echo "quota exceeded"; exit 1'));
    expect(answer.says).toBe('"bash" ended with exit status 1: quota exceeded');
  });
});

describe('nothing happens, and the sentence says what to do, when', () => {
  test.each([
    ['the program is missing', ['wrangler-of-nobody'], {}, /not installed where this target looks \(\/usr.*install it/],
    ['its path is missing', ['/opt/nothing/tool'], {}, /no program \/opt\/nothing\/tool.*install it/],
    ['it may not be executed', ['/etc/passwd'], {}, /no program \/etc\/passwd that may be executed/],
    ['the target has no PATH', ['ls'], { env: {} }, /set PATH under env of this target/],
    ['its PATH names only folders relative to nowhere', ['ls'], { env: { PATH: 'bin:.:' } }, /set PATH/],
    ['its name is empty', [''], {}, /name of the program is empty/],
    ['an argument holds a NUL', ['echo', 'a\0b'], {}, /could not be started/],
    ['an argument is far too long', ['echo', 'x'.repeat(5_000_000)], {}, /arguments and environment are too long/],
  ])('%s', async (_, argv, options, says) => {
    const { answer, processes } = await stage.perform(run(...argv), options);
    expect(answer.status).toBe('failed');
    expect(answer.says).toMatch(says);
    expect(processes).toEqual([]);
  });

  test.each([
    ['does not exist', '/nowhere/at/all', /There is no folder \/nowhere\/at\/all/],
    ['is not absolute', 'here', /absolute path/],
  ])('its folder %s', async (_, cwd, says) => {
    expect((await stage.perform({ ...run('true'), cwd })).answer).toEqual({ status: 'failed', says: expect.stringMatching(says) });
  });
});

describe('the process is on record before the program begins', () => {
  test('it has done nothing while its record is being written', async () => {
    const file = join(stage.folder, 'begun');
    let before: string | null = 'not asked';
    const { answer, processes } = await stage.perform(run('touch', file), {
      onProcess: async () => void (before = await readFile(file, 'utf8').catch(() => null)),
    });
    expect([before, answer.status, await readFile(file, 'utf8')]).toEqual([null, 'ok', '']);
    expect(processes).toHaveLength(1);
  });

  test('the recorded number is the number of the program itself, in a group of its own', async () => {
    const { output, processes } = await stage.perform(run('bash', '-c', 'echo "$$ $(ps -o pgid= -p $$)"'));
    const { pgid } = processes[0]!;
    expect(output.trim().split(/\s+/).map(Number)).toEqual([pgid, pgid]);
  });

  test('it is not begun when that fails', async () => {
    const file = join(stage.folder, 'never');
    const { answer } = await stage.perform(run('touch', file), { onProcess: () => Promise.reject(new Error('The disk is full.')) });
    expect(answer).toEqual({ status: 'failed', says: 'It was not begun, so nothing was done: The disk is full.' });
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });
});

describe('the output', () => {
  test('comes while the program runs', async () => {
    const file = join(stage.folder, 'go-on');
    const script = 'echo started; while [ ! -e "$1" ]; do sleep 0.01; done; echo ended';
    const { answer, output } = await stage.perform(run('bash', '-c', script, 'script', file), {
      onOutput: (text) => void (text === 'started\n' && void writeFile(file, '')),
    });
    expect([answer.status, output]).toEqual(['ok', 'started\nended\n']);
  });

  test('of ten megabytes is bounded, and says what was left out', async () => {
    const { answer, output } = await stage.perform(run('bash', '-c', 'echo first; yes 0123456 | head -c 10485760; echo last'));
    expect(answer.status).toBe('ok');
    expect(output).toMatch(/^first\n[^]*\n\[… 10,4\d\d,\d\d\d bytes left out …\]\n[^]*last\n$/);
    expect(output.length).toBeLessThan(70_000);
  });

  test('is plain text', async () => {
    const { output } = await stage.perform(run('printf', String.raw`\033[31mred\033[0m 10%%\r100%%\n\033]0;title\007ok\377\n`));
    expect(output).toBe('100%\nok\uFFFD\n');
  });

  test.each([
    ['MYSQL_PWD', 'correct-horse', 'correct-horse'],
    ['REDISCLI_AUTH', 'correct-horse', 'correct-horse'],
    ['GITHUB_PAT', 'correct-horse', 'correct-horse'],
    ['DEPLOY_PASS', 'correct-horse', 'correct-horse'],
    ['CACHE_URL', 'redis://:correct-horse@cache:6379', 'AUTH correct-horse'],
    ['HOOKS_WEBHOOK_URL', 'https://hooks.example/correct-horse', 'https://hooks.example/correct-horse'],
  ])("of a program that prints the target's %s is redacted", async (name, value, printed) => {
    const { output } = await stage.perform(run('echo', printed), { env: { PATH, [name]: value } });
    expect(output).toContain('[redacted]');
    expect(output).not.toContain('correct');
  });

  test('shows no part of a secret where an expectation cuts it short', async () => {
    const password = 'correct-horse-battery-staple';
    const options = { env: { PATH, PASSWORD: password }, expect: { equals: 'quiet' } };
    const { answer } = await stage.perform(run('bash', '-c', 'printf "%0.sx" {1..105}; echo "$PASSWORD"'), options);
    expect(answer).toMatchObject({ status: 'failed', says: expect.stringContaining('and it should equal "quiet"') });
    expect(JSON.stringify(answer)).not.toContain('correct');
  });

  test('that is too long to be read is no answer', async () => {
    const { answer } = await stage.perform(run('bash', '-c', 'yes | head -c 2000000'), { expect: { contains: 'y' } });
    expect(answer.says).toMatch(/more than 1 MiB/);
  });
});
