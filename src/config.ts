import { nearest } from './core/procedure/nearest.ts';
import { readPort, textOf } from './environment.ts';
import type { Read } from './environment.ts';
import { readSlack, readSlackIfAny } from './slack-access.ts';
import type { SlackAccess } from './slack-access.ts';
import type { Environment } from './target-access.ts';

/** Where things are kept: all that the commands need which talk to nobody. */
export type Paths = {
  /** `rollbot.yml`. */
  readonly settings: string;
  readonly procedures: string;
  readonly reports: string;
  /** The SQLite file. */
  readonly database: string;
};

/** With no Slack only where the commands of the terminal ask, and no variable of Slack is set. */
export type Config<Slack extends SlackAccess | null = SlackAccess> = Paths & {
  readonly slack: Slack;
  /** The health server; 8080 on loopback where nothing is said. */
  readonly intake: { readonly port: number; readonly host: string };
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** The values that must appear nowhere, for the redactor; left out where the config is printed or serialised. */
  readonly secrets: readonly string[];
};

type Mistakes = { readonly mistakes: readonly string[] };

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
const OWN = ['ROLLBOT_CONFIG', 'ROLLBOT_PROCEDURES', 'ROLLBOT_REPORTS', 'ROLLBOT_INTAKE_PORT', 'ROLLBOT_INTAKE_HOST'];
const DATABASE = 'sqlite:data/rollbot.db';
const INTAKE_PORT = '8080';

/** Reads all that `start` needs, or says all that is wrong with it. Only the form is looked at; nothing is contacted. */
export function readConfig(env: Environment): Config | Mistakes {
  return readAll(env, readSlack(env));
}

/** The same for commands of the terminal, which work without Slack too. */
export function readTerminalConfig(env: Environment): Config<SlackAccess | null> | Mistakes {
  return readAll(env, readSlackIfAny(env));
}

function readAll<Slack extends SlackAccess | null>(env: Environment, slack: Read<Slack>): Config<Slack> | Mistakes {
  const paths = readPaths(env);
  const port = readPort(env, 'ROLLBOT_INTAKE_PORT', INTAKE_PORT);
  const logLevel = readLogLevel(env);
  if ('mistakes' in paths || 'mistakes' in slack || 'mistakes' in port || 'mistakes' in logLevel) {
    return { mistakes: [paths, slack, port, logLevel].flatMap((part) => ('mistakes' in part ? part.mistakes : [])) };
  }
  const connection = slack.value?.connection;
  if (connection?.kind === 'http' && connection.port === port.value && port.value !== 0) {
    return { mistakes: [`PORT and ROLLBOT_INTAKE_PORT are both ${port.value}. Give Slack and the health server a port each.`] };
  }
  const intake = { port: port.value, host: textOf(env, 'ROLLBOT_INTAKE_HOST') ?? '127.0.0.1' };
  const secrets = slack.value === null ? [] : secretsOf(slack.value);
  return hideSecrets({ ...paths, slack: slack.value, intake, logLevel: logLevel.value, secrets });
}

/** Reads where things are kept. A variable of ours that nobody reads is a mistake, because it was meant to change something. */
export function readPaths(env: Environment): Paths | Mistakes {
  const database = readDatabase(env);
  const unknown = Object.keys(env).filter((name) => name.startsWith('ROLLBOT_') && !OWN.includes(name));
  if ('mistakes' in database || unknown.length > 0) {
    return { mistakes: [...('mistakes' in database ? database.mistakes : []), ...unknown.map(sayUnknown)] };
  }
  return {
    settings: textOf(env, 'ROLLBOT_CONFIG') ?? 'rollbot.yml',
    procedures: textOf(env, 'ROLLBOT_PROCEDURES') ?? 'procedures',
    reports: textOf(env, 'ROLLBOT_REPORTS') ?? 'incidents',
    database: database.value,
  };
}

function secretsOf({ botToken, connection }: SlackAccess): readonly string[] {
  return [botToken, connection.kind === 'socket' ? connection.appToken : connection.signingSecret];
}

/** What is not enumerable is in no log line, no JSON and no copy. */
function hideSecrets<Slack extends SlackAccess | null>(config: Config<Slack>): Config<Slack> {
  return Object.defineProperty(config, 'secrets', { enumerable: false });
}

function readDatabase(env: Environment): Read<string> {
  const url = textOf(env, 'DATABASE_URL') ?? DATABASE;
  const file = /^sqlite:(?:\/\/(?=\/))?([^:].*)$/.exec(url)?.[1];
  if (file !== undefined && !file.startsWith('//')) return { value: file };
  const says = /^postgres(?:ql)?:/.test(url)
    ? `DATABASE_URL names a Postgres database, and this version keeps its journal in SQLite only. Set it to ${DATABASE}.`
    : `DATABASE_URL names no file for SQLite. Set it to one such as ${DATABASE}.`;
  return { mistakes: [says] };
}

function readLogLevel(env: Environment): Read<Config['logLevel']> {
  const text = textOf(env, 'LOG_LEVEL') ?? 'info';
  const level = LOG_LEVELS.find((each) => each === text);
  return level ? { value: level } : { mistakes: [`LOG_LEVEL is "${text}". Set it to one of ${LOG_LEVELS.join(', ')}.`] };
}

function sayUnknown(name: string): string {
  return `${name} is no variable of Rollbot. Remove it, or use ${nearest(name, OWN)[0] ?? `one of ${OWN.join(', ')}`}.`;
}
