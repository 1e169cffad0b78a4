import { expect, test } from 'vitest';
import { RULES, RULE_IDS } from '../../src/catalog/lint/rules.ts';
import { runCli } from '../../src/cli.ts';
import type { Terminal } from '../../src/cli/terminal.ts';

function nobody(): never {
  throw new Error('Explaining a rule asked for something else than a place to write.');
}

async function rollbot(...argv: readonly string[]) {
  const said = { out: '', err: '' };
  const terminal: Terminal = {
    argv,
    environment: {},
    stdout: { write: (text) => (said.out += text) },
    stderr: { write: (text) => (said.err += text) },
    ask: nobody,
    clock: { now: nobody, monotonicMs: nobody, after: nobody },
    ids: { token: nobody, short: nobody },
    process: { pid: 1, startedAt: 0 },
    onSignal: nobody,
    exit: nobody,
  };
  return { status: await runCli(terminal), ...said };
}

test('check --rules lists every rule, a line each', async () => {
  const { status, out } = await rollbot('check', '--rules');
  expect(status).toBe(0);
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual(RULE_IDS);
});

test.each(RULE_IDS)('check --explain %s prints its paragraph and both examples', async (id) => {
  const rule = RULES.find((each) => each.id === id);
  const { status, out } = await rollbot('check', '--explain', id);
  expect(status).toBe(0);
  expect(out).toContain(rule?.why);
  for (const example of [rule?.bad, rule?.good]) expect(out.replaceAll(/^ {2}/gm, '')).toContain(example);
});

test('a name that is no rule is answered with a near one', async () => {
  expect(await rollbot('check', '--explain', 'sed-inplace')).toEqual({
    status: 64,
    out: '',
    err: 'rollbot: There is no rule "sed-inplace". Did you mean "sed-in-place"? "rollbot check --rules" lists them all.\n',
  });
});

test('a name like no other is told where the list is', async () => {
  const { status, err } = await rollbot('check', '--explain', 'constructor');
  expect([status, err]).toEqual([64, 'rollbot: There is no rule "constructor". "rollbot check --rules" lists them all.\n']);
});
