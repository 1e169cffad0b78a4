import { expect, test } from 'vitest';
import { realClock } from '../../src/clock.ts';
import { startSlack } from '../../src/demo/slack/index.ts';
import { connect } from '../../src/slack/receivers/socket-connection.ts';
import { allScopes, manifest } from '../demo/slack/manifest.ts';
import { keepingLog } from '../contracts/store/subject.ts';

const pause = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));

test('a bot that stands still for a few seconds keeps its connection', async () => {
  const slack = await startSlack();
  const installed = slack.install(manifest({ scopes: allScopes }));
  const endings: string[] = [];
  const attempt = await connect({
    appToken: installed.appToken,
    apiUrl: slack.apiUrl,
    clock: realClock,
    log: keepingLog([]),
    onEnvelope: () => undefined,
    onEnding: (reason) => void endings.push(reason),
  });
  if (attempt.status === 'failed') throw new Error(attempt.says);
  // So long that a ping was answered, which is when the SDK begins to measure.
  await pause(6000);
  const until = performance.now() + 7000;
  while (performance.now() < until);
  await pause(3000);
  expect([attempt.connection.isOpen(), endings]).toEqual([true, []]);
  attempt.connection.close();
  await slack.close();
});
