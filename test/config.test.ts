import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readConfig, readPaths } from '../src/config.ts';

const BOT = ['xoxb', '1234567890', 'abcdefABCDEF'].join('-');
const APP = ['xapp', '1', 'A0123', '456', 'abcdef'].join('-');
const SIGNING = '0123456789abcdef'.repeat(2);
const SOCKET = { SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP };
const HTTP = { SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: SIGNING, PORT: '3000' };

const IN_SETTINGS = 'in the settings of your Slack app.';
const SET_BOT = `Set it to the bot token, which begins with xoxb-: OAuth & Permissions ${IN_SETTINGS}`;
const SET_APP = `Set it to an app-level token, which begins with xapp-: Basic Information ${IN_SETTINGS}`;
const SET_SIGNING = `Set it to the signing secret of 32 hexadecimal digits: Basic Information ${IN_SETTINGS}`;

function read(env: Readonly<Record<string, string | undefined>>) {
  const config = readConfig(env);
  if ('mistakes' in config) throw new Error(config.mistakes.join('\n'));
  return config;
}

describe('what is read', () => {
  test('Socket Mode, and where things are when nothing is said', () => {
    const { slack, secrets, ...rest } = read(SOCKET);
    expect(slack.botToken).toBe(BOT);
    expect(slack.connection.kind === 'socket' && slack.connection.appToken).toBe(APP);
    expect(slack.apiUrl).toBeUndefined();
    expect(secrets).toEqual([BOT, APP]);
    expect(rest).toEqual({
      settings: 'rollbot.yml',
      procedures: 'procedures',
      reports: 'incidents',
      database: 'data/rollbot.db',
      intake: { port: 8080, host: '127.0.0.1' },
      logLevel: 'info',
    });
  });

  test('HTTP with its port', () => {
    const { connection } = read(HTTP).slack;
    expect(connection.kind === 'http' && [connection.port, connection.signingSecret]).toEqual([3000, SIGNING]);
  });

  test('everything that can be said', () => {
    const env = {
      ...SOCKET,
      SLACK_API_URL: 'http://127.0.0.1:5000/api',
      DATABASE_URL: 'sqlite:/var/lib/rollbot.db',
      ROLLBOT_CONFIG: 'etc/rollbot.yml',
      ROLLBOT_PROCEDURES: 'etc/procedures',
      ROLLBOT_REPORTS: 'reports',
      ROLLBOT_INTAKE_PORT: '0',
      ROLLBOT_INTAKE_HOST: '0.0.0.0',
      LOG_LEVEL: 'debug',
    };
    expect(read(env)).toMatchObject({
      slack: { apiUrl: 'http://127.0.0.1:5000/api/' },
      database: '/var/lib/rollbot.db',
      settings: 'etc/rollbot.yml',
      procedures: 'etc/procedures',
      reports: 'reports',
      intake: { port: 0, host: '0.0.0.0' },
      logLevel: 'debug',
    });
  });

  test('a variable that is blank is not set, and white space around a value is not part of it', () => {
    expect(read({ ...SOCKET, SLACK_BOT_TOKEN: ` ${BOT}\n`, LOG_LEVEL: ' ', SLACK_SIGNING_SECRET: '' }).slack.botToken).toBe(BOT);
  });

  test('the paths need no token', () => {
    expect(readPaths({ DATABASE_URL: 'sqlite:///var/a.db' })).toMatchObject({ settings: 'rollbot.yml', database: '/var/a.db' });
  });
});

test.each([
  ['no bot token', { SLACK_APP_TOKEN: APP }, `SLACK_BOT_TOKEN is not set. ${SET_BOT}`],
  [
    'no way in',
    { SLACK_BOT_TOKEN: BOT },
    'Slack has no way in. Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET and PORT for HTTP.',
  ],
  [
    'two ways in',
    { ...SOCKET, ...HTTP },
    'SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set. Set the first for Socket Mode, or the second with PORT for HTTP.',
  ],
  ['HTTP without a port', { ...HTTP, PORT: undefined }, 'PORT is not set. HTTP mode needs the port that Slack calls, such as PORT=3000.'],
  ['a port that is none', { ...HTTP, PORT: '99999' }, 'PORT is "99999". Set it to a port number from 0 to 65535.'],
  ['a port with a sign', { ...HTTP, PORT: '-1' }, 'PORT is "-1". Set it to a port number from 0 to 65535.'],
  [
    'one port for two',
    { ...HTTP, PORT: '8080' },
    'PORT and ROLLBOT_INTAKE_PORT are both 8080. Give Slack and the health server a port each.',
  ],
  [
    'the tokens swapped',
    { SLACK_BOT_TOKEN: APP, SLACK_APP_TOKEN: BOT },
    `SLACK_BOT_TOKEN does not look as it must. ${SET_BOT} What it holds now looks like SLACK_APP_TOKEN.`,
    `SLACK_APP_TOKEN does not look as it must. ${SET_APP} What it holds now looks like SLACK_BOT_TOKEN.`,
  ],
  ['a token in quotes', { ...SOCKET, SLACK_BOT_TOKEN: `"${BOT}"` }, `SLACK_BOT_TOKEN does not look as it must. ${SET_BOT}`],
  ['a short signing secret', { ...HTTP, SLACK_SIGNING_SECRET: 'abc' }, `SLACK_SIGNING_SECRET does not look as it must. ${SET_SIGNING}`],
  [
    'tokens in the clear over the network',
    { ...SOCKET, SLACK_API_URL: 'http://slack.example/api/' },
    'SLACK_API_URL is no address for tokens to go to. Set it to one that begins with https://, or leave it out for Slack itself.',
  ],
  [
    'Postgres',
    { ...SOCKET, DATABASE_URL: 'postgres://app:hunter2@db/rollbot' },
    'DATABASE_URL names a Postgres database, and this version keeps its journal in SQLite only. Set it to sqlite:data/rollbot.db.',
  ],
  [
    'a database that would not last',
    { ...SOCKET, DATABASE_URL: 'sqlite::memory:' },
    'DATABASE_URL names no file for SQLite. Set it to one such as sqlite:data/rollbot.db.',
  ],
  [
    'a path without sqlite:',
    { ...SOCKET, DATABASE_URL: 'data/x.db' },
    'DATABASE_URL names no file for SQLite. Set it to one such as sqlite:data/rollbot.db.',
  ],
  ['an unknown level', { ...SOCKET, LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud". Set it to one of debug, info, warn, error.'],
  [
    'a variable with a typo',
    { ...SOCKET, ROLLBOT_PROCEDURE: 'x' },
    'ROLLBOT_PROCEDURE is no variable of Rollbot. Remove it, or use ROLLBOT_PROCEDURES.',
  ],
  [
    'several at once',
    { LOG_LEVEL: 'loud', ROLLBOT_INTAKE_PORT: 'http' },
    `SLACK_BOT_TOKEN is not set. ${SET_BOT}`,
    'Slack has no way in. Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET and PORT for HTTP.',
    'ROLLBOT_INTAKE_PORT is "http". Set it to a port number from 0 to 65535.',
    'LOG_LEVEL is "loud". Set it to one of debug, info, warn, error.',
  ],
])('refused with a sentence: %s', (_what, env, ...mistakes) => {
  expect(readConfig(env)).toEqual({ mistakes });
});

describe('no secret leaves', () => {
  test.each([
    ['Socket Mode', SOCKET],
    ['HTTP', HTTP],
  ])('a config for %s that is printed, serialised or copied', (_what, env) => {
    const config = read(env);
    const shown = [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: false }),
      JSON.stringify({ ...config }),
      inspect({ ...config.slack.connection }),
    ];
    for (const secret of [BOT, APP, SIGNING]) expect(shown.join('\n')).not.toContain(secret);
  });

  test('a mistake', () => {
    const env = { SLACK_BOT_TOKEN: `"${BOT}"`, SLACK_APP_TOKEN: SIGNING, DATABASE_URL: 'postgres://app:hunter2@db/rollbot' };
    const config = readConfig(env);
    const said = 'mistakes' in config ? config.mistakes.join('\n') : '';
    expect(said).toMatch(/SLACK_BOT_TOKEN.*SLACK_APP_TOKEN/s);
    for (const secret of [BOT, SIGNING, 'hunter2']) expect(said).not.toContain(secret);
  });
});
