import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStage } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => (stage = await createStage()));
afterAll(async () => await stage.close());

const shell = (script: string, env: Record<string, string> = {}) => ({ kind: 'shell', script, env, exit: [0] }) as const;

test('what varies reaches a script as variables, and never as code', async () => {
  const value = '$(touch pwned) `touch pwned` "; touch pwned; #\n${IFS}';
  const { answer, output } = await stage.perform({ ...shell('printf %s "$value"', { value }), cwd: stage.folder });
  expect([answer.status, output]).toEqual(['ok', value]);
  await expect(readFile(join(stage.folder, 'pwned'))).rejects.toThrow('ENOENT');
});

test("a script's variables come on top of its target's environment, and there are no others", async () => {
  const { output } = await stage.perform(shell('env', { A: '2', B: '3' }), { env: { PATH: '/usr/bin:/bin', A: '1' } });
  const names = output.trim().split('\n').toSorted();
  expect(names.filter((name) => !/^(PWD|OLDPWD|SHLVL|_)=/.test(name))).toEqual(['A=2', 'B=3', 'PATH=/usr/bin:/bin']);
});

test.each([
  ['the first command that fails', 'false; echo more', 1],
  ['a failure inside a pipe', 'false | cat; echo more', 1],
  ['a variable that is not set', 'echo "$unset"; echo more', 1],
  ['a command that does not exist', 'no-such-command; echo more', 127],
])('a script ends at %s', async (_, script, exit) => {
  const { answer, output } = await stage.perform(shell(script));
  expect(answer).toMatchObject({ status: 'failed', exit });
  expect(output).not.toContain('more');
});

test('the exit status of a check is told apart, so that 1 can mean "not done"', async () => {
  expect((await stage.perform(shell('exit 1'), { effect: 'read' })).answer).toMatchObject({ status: 'failed', exit: 1 });
  expect((await stage.perform(shell('exit 2'), { effect: 'read' })).answer).toMatchObject({ status: 'failed', exit: 2 });
});

test('what a script prints can be judged, and is then part of the answer', async () => {
  const question = { effect: 'read', expect: { atLeast: 3 } } as const;
  expect((await stage.perform(shell('echo 4'), question)).answer).toMatchObject({ status: 'ok', observed: '4' });
  const { answer } = await stage.perform(shell('echo 2'), question);
  expect(answer).toEqual({
    status: 'failed',
    observed: '2',
    says: 'The script ended with exit status 0. It is "2", and it should be at least 3.',
  });
});

test('a step for a person is never performed', async () => {
  const { answer } = await stage.perform({ kind: 'manual', instructions: 'Turn the key.', by: 'lead-developer' });
  expect(answer).toEqual({ status: 'failed', says: expect.stringContaining('Only a person can do this step') });
});
