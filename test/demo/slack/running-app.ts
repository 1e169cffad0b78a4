import type { AddressInfo } from 'node:net';
import { App, LogLevel } from '@slack/bolt';
import type { Installation, SlackEmulator } from '../../../src/demo/slack/index.ts';

export type Mode = 'socket' | 'http';

/** A real Bolt app against the workspace, not started yet. */
export function boltApp(slack: SlackEmulator, installed: Installation, mode: Mode): App {
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const common = { token: installed.botToken, clientOptions, logLevel: LogLevel.ERROR, logger: silentLogger() };
  if (mode === 'http') return new App({ ...common, signingSecret: installed.signingSecret });
  return new App({ ...common, appToken: installed.appToken, socketMode: true });
}

/** Starts the app the way Slack reaches it: it dials in, or it listens and Slack is told where. */
export async function startApp(slack: SlackEmulator, app: App, mode: Mode): Promise<void> {
  if (mode === 'socket') {
    await app.start();
    return;
  }
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  const { port } = server.address() as AddressInfo;
  await slack.setRequestUrl(`http://127.0.0.1:${port}/slack/events`);
}

/** Stops the app after the workspace, which leaves Bolt nothing to wait for. */
export async function stopApp(slack: SlackEmulator, app: App): Promise<void> {
  await slack.setRequestUrl(null);
  await app.stop();
  await slack.close();
}

/** Keeps the test output clean where failures are what is being tested. */
function silentLogger() {
  return { debug: quiet, info: quiet, warn: quiet, error: quiet, setLevel: quiet, getLevel: () => LogLevel.ERROR, setName: quiet };
}

function quiet(): void {}
