import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox } from '../../../src/demo/sandbox/sandbox.ts';
import { commandsOf } from '../../../src/demo/sandbox/cron.ts';
import { stopWarming, withRedis } from './repairs.ts';
import { crontabLines, freshSandbox, PATIENCE_MS, run, until } from './sandboxes.ts';

let sandbox: Sandbox;
let original: string;
beforeAll(async () => {
  sandbox = await freshSandbox({ cronEveryMs: 200 });
  original = (await run(sandbox, 'crontab', ['-l'])).stdout;
}, PATIENCE_MS);
afterAll(() => sandbox.close());
beforeEach(async () => {
  await run(sandbox, 'crontab', ['-'], { input: `${original}\n` });
});

describe('the stand-in for crontab', () => {
  test('lists two lines that warm the cache and two that have nothing to do with it', async () => {
    const lines = await crontabLines(sandbox);
    expect(lines.filter((line) => line.includes('scripts/cache-warming.sh'))).toHaveLength(2);
    expect(lines.filter((line) => !line.includes('cache-warming'))).toHaveLength(2);
  });

  test('installs what it reads from its input', async () => {
    await run(sandbox, 'crontab', ['-'], { input: '* * * * * true\n' });
    expect(await run(sandbox, 'crontab', ['-l'])).toMatchObject({ exitCode: 0, stdout: '* * * * * true' });
  });

  test('installs a file', async () => {
    await run(sandbox, 'bash', ['-c', 'echo "@daily true" >"$TMPDIR/table" && crontab "$TMPDIR/table"']);
    expect(await crontabLines(sandbox)).toEqual(['@daily true']);
  });

  test.each([
    ['after -r', ['-r'], undefined],
    ['after an empty table was installed', ['-'], ''],
  ])('says that there is no crontab %s', async (_, args, input) => {
    await run(sandbox, 'crontab', args, input === undefined ? {} : { input });
    expect(await run(sandbox, 'crontab', ['-l'])).toEqual({ exitCode: 1, stdout: '', stderr: 'no crontab for sandbox' });
  });

  test.each([
    ['a line with too few fields', ['-'], '* * * true\n'],
    ['a file that is not there', ['/nowhere/table'], undefined],
    ['no argument', [], undefined],
    ['an option that it does not know', ['-e'], undefined],
  ])('refuses %s and keeps the table', async (_, args, input) => {
    const { exitCode, stderr } = await run(sandbox, 'crontab', args, input === undefined ? {} : { input });
    expect(exitCode).toBe(1);
    expect(stderr).not.toBe('');
    expect((await run(sandbox, 'crontab', ['-l'])).stdout).toBe(original);
  });
});

describe('the cron runner', () => {
  test('really runs the lines, and the unrelated ones go on after warming was stopped', async () => {
    await stopWarming(sandbox);
    expect(await crontabLines(sandbox)).toHaveLength(2);
    for (const log of ['backup.log', 'session-report.log']) {
      const before = await linesOf(log);
      await until(async () => (await linesOf(log)) > before + 1);
    }
  });

  test('has warming write the poisoned entries again within seconds', async () => {
    const warmed = () => withRedis(sandbox, (redis) => redis.exists('warm:product:1', 'warm:product:120'));
    await withRedis(sandbox, (redis) => redis.unlink('warm:product:1', 'warm:product:120'));
    expect(await until(async () => (await warmed()) === 2)).toBe(true);
  });

  test('finds the commands of a table, whatever else stands in it', () => {
    const table = '# jobs\nSHELL=/bin/bash\n\n*/5 0-6 * * 1 echo one  two\n@reboot echo three\n  1 2 3 4 5 echo four \nnonsense\n';
    expect(commandsOf(table)).toEqual(['echo one  two', 'echo three', 'echo four']);
  });
});

async function linesOf(log: string): Promise<number> {
  const text = await readFile(join(sandbox.env.HOME ?? '', log), 'utf8').catch(() => '');
  return text.split('\n').length;
}
