import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { until } from '../../steps/stage.ts';
import { smallScript } from '../../export/small-script.ts';

/** One destructive step that goes on until a file is there. */
const PROCEDURE = `title: Try out
component: Cache Layer
locks: [cache:main]
steps:
  - id: first
    title: Clear it
    effect: destructive
    because: entries are lost
    approve: { by: [devops-engineer] }
    shell:
      env: { FOLDER: '\${target.folder}' }
      script: |
        echo begun >>"$FOLDER/trace"
        for look in {1..300}; do if [[ -e $FOLDER/go ]]; then break; fi; sleep 0.1; done
        echo ended >>"$FOLDER/trace"
    timeout: 20s
    undo: { none: they return by themselves }
verify:
  - title: All is well
    shell: { env: { FOLDER: '\${target.folder}' }, script: '[[ -s $FOLDER/trace ]]' }
`;
const ANSWERS = ['dana', 'production', 'omar', 'devops-engineer', 'production'];

async function begun(trace: () => Promise<readonly string[]>): Promise<void> {
  await until(async () => (await trace()).includes('begun'));
}

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s in the middle of a step', (signal) => {
  test('ends what runs, and says that nobody knows whether it happened', async () => {
    await using it = await smallScript(PROCEDURE);
    const { status, said } = await it.run({
      answers: ANSWERS,
      meanwhile: async (kill) => {
        await begun(it.trace);
        kill(signal);
      },
    });
    expect(status).toBe(4);
    expect(said).toContain('interrupted in the middle of "Clear it": nobody knows whether it happened');
    await writeFile(join(it.root, 'go'), '');
    await until(async () => (await processesIn(it.root)).length === 0);
    expect(await it.trace()).toEqual(['begun']);
  });
});

test('after a kill nothing begins on this target until somebody has looked', { timeout: 60_000 }, async () => {
  await using it = await smallScript(PROCEDURE);
  await it.run({
    answers: ANSWERS,
    meanwhile: async (kill) => {
      await begun(it.trace);
      kill('SIGKILL');
      await writeFile(join(it.root, 'go'), '');
    },
  });
  const intent = (await it.log()).at(-1);
  expect(intent).toMatchObject({ event: 'step-intended', step: 'first' });

  const again = await it.run({ answers: ANSWERS });
  expect(again.status).toBe(4);
  expect(again.said).toContain('An earlier run has ended in the middle of a step');
  expect(again.said).toContain('step first');
  expect((await it.trace()).filter((line) => line === 'begun')).toHaveLength(1);

  const seen = await it.run({ answers: ANSWERS, args: ['--seen', intent?.['run'] ?? ''] });
  expect(seen.status).toBe(0);
  expect((await it.log()).find(({ event }) => event === 'seen')).toMatchObject({ seen: intent?.['run'], by: 'dana' });
  expect((await it.run({ answers: ANSWERS })).status).toBe(0);
});

describe('what took too long', () => {
  const short = PROCEDURE.replace('timeout: 20s', 'timeout: 1s');

  test('is ended with all that it began, and a person says what became of it', async () => {
    await using it = await smallScript(short);
    const { status, said } = await it.run({ answers: [...ANSWERS, 'perhaps', 'happened', 'lena'] });
    expect(said).toContain('It had not ended after 1 s, so it was ended, and nobody knows how far it came.');
    expect(status).toBe(0);
    expect((await it.log()).find(({ event }) => event === 'step-settled')).toMatchObject({ as: 'happened', by: 'lena' });
    await until(async () => (await processesIn(it.root)).length === 0);
  });

  test('runs again only with a new approval', async () => {
    await using it = await smallScript(short);
    const { status } = await it.run({ answers: [...ANSWERS, 'again', 'lena', '', 'stop'] });
    expect(await it.trace()).toEqual(['begun']);
    expect(status).toBe(1);
  });

  test('stops everything where nobody says', async () => {
    await using it = await smallScript(short);
    const { status } = await it.run({ answers: ANSWERS });
    expect(status).toBe(4);
    expect((await it.run({ answers: ANSWERS })).status).toBe(4);
  });
});

test('two runs on one target do not go on beside each other', async () => {
  await using it = await smallScript(PROCEDURE);
  await it.run({
    answers: ANSWERS,
    meanwhile: async () => {
      await begun(it.trace);
      const other = await execa('bash', [it.file, '--state', join(it.root, 'state')], {
        env: { PATH: process.env['PATH'], HOME: it.root },
        extendEnv: false,
        reject: false,
        input: '',
      });
      expect(other.exitCode).toBe(75);
      expect(other.stderr).toContain('Another run on production goes on');
      await writeFile(join(it.root, 'go'), '');
    },
  });
  expect(await it.trace()).toEqual(['begun', 'ended']);
});

test('the webhook is told in JSON, whatever stands in it, and its address is a secret', async () => {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      heard.push((JSON.parse(body) as { text: string }).text);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await until(() => server.listening);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/s3cr3t-path`;
  await using it = await smallScript(PROCEDURE.replace('title: Try out', 'title: "Try \\"out\\" \\\\ `now`"'));
  await writeFile(join(it.root, 'go'), '');
  const answers = ['production', 'dana', 'devops-engineer', 'production'];
  const { status, said } = await it.run({
    args: ['--operator', 'dana', '--alone', 'it is "night"'],
    answers,
    env: { ROLLBACK_WEBHOOK_URL: url },
  });
  server.close();
  expect(status).toBe(0);
  expect(heard[0]).toMatch(
    /^Try "out" \\ `now` on production was started by dana as run s[\d-]+\. ALONE, without anybody else: it is "night"$/,
  );
  expect(heard.at(-1)).toContain('verified');
  expect(`${said}${await it.logText()}${await readFile(it.file, 'utf8')}`).not.toContain('s3cr3t-path');
});

/** The programs that still run in a folder. */
async function processesIn(folder: string): Promise<readonly string[]> {
  const { stdout } = await execa('ps', ['-e', '-o', 'args=']);
  return stdout.split('\n').filter((line) => line.includes(folder) && !line.startsWith('ps '));
}
