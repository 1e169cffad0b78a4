import { readPort, textOf } from './environment.ts';
import type { Read } from './environment.ts';
import type { Environment } from './target-access.ts';

/** How Slack is reached. The tokens can be read by name, and are in nothing that prints or serialises the object. */
export type SlackAccess = {
  readonly botToken: string;
  readonly connection:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly port: number; readonly signingSecret: string };
  /** Another Web API than Slack's own, with a slash at its end. */
  readonly apiUrl?: string;
};

const SHAPES = {
  SLACK_BOT_TOKEN: { shape: /^xoxb-[A-Za-z0-9-]{10,}$/, like: 'the bot token, which begins with xoxb-', place: 'OAuth & Permissions' },
  SLACK_APP_TOKEN: { shape: /^xapp-[A-Za-z0-9-]{10,}$/, like: 'an app-level token, which begins with xapp-', place: 'Basic Information' },
  SLACK_SIGNING_SECRET: { shape: /^[0-9a-f]{32}$/, like: 'the signing secret of 32 hexadecimal digits', place: 'Basic Information' },
} as const;
type SecretName = keyof typeof SHAPES;

/** Reads how Slack is reached: Socket Mode with an app-level token, or HTTP with a signing secret and a port, and not both. */
export function readSlack(env: Environment): Read<SlackAccess> {
  const botToken = readSecret(env, 'SLACK_BOT_TOKEN');
  const connection = readConnection(env);
  const apiUrl = readApiUrl(env);
  if ('mistakes' in botToken || 'mistakes' in connection || 'mistakes' in apiUrl) {
    return { mistakes: [botToken, connection, apiUrl].flatMap((part) => ('mistakes' in part ? part.mistakes : [])) };
  }
  return { value: new HiddenAccess(botToken.value, connection.value, apiUrl.value) };
}

/** The same, or null where nothing is said of Slack at all. */
export function readSlackIfAny(env: Environment): Read<SlackAccess | null> {
  const isSaid = Object.keys(SHAPES).some((name) => textOf(env, name) !== undefined);
  return isSaid ? readSlack(env) : { value: null };
}

function readConnection(env: Environment): Read<SlackAccess['connection']> {
  const isSocket = textOf(env, 'SLACK_APP_TOKEN') !== undefined;
  const isHttp = textOf(env, 'SLACK_SIGNING_SECRET') !== undefined;
  if (isSocket && isHttp) {
    return {
      mistakes: ['SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set. Set the first for Socket Mode, or the second with PORT for HTTP.'],
    };
  }
  if (!isSocket && !isHttp) {
    return { mistakes: ['Slack has no way in. Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET and PORT for HTTP.'] };
  }
  if (isSocket) {
    const token = readSecret(env, 'SLACK_APP_TOKEN');
    return 'mistakes' in token ? token : { value: new HiddenSocket(token.value) };
  }
  const secret = readSecret(env, 'SLACK_SIGNING_SECRET');
  const port = textOf(env, 'PORT') === undefined ? NO_PORT : readPort(env, 'PORT', '');
  if ('mistakes' in secret || 'mistakes' in port) {
    return { mistakes: [secret, port].flatMap((part) => ('mistakes' in part ? part.mistakes : [])) };
  }
  return { value: new HiddenHttp(port.value, secret.value) };
}

const NO_PORT: Read<number> = { mistakes: ['PORT is not set. HTTP mode needs the port that Slack calls, such as PORT=3000.'] };

/** A secret that is wrong is described and never repeated. */
function readSecret(env: Environment, name: SecretName): Read<string> {
  const { shape, like, place } = SHAPES[name];
  const text = textOf(env, name);
  if (text === undefined) return { mistakes: [`${name} is not set. Set it to ${like}: ${place} in the settings of your Slack app.`] };
  if (shape.test(text)) return { value: text };
  const other = (Object.keys(SHAPES) as SecretName[]).find((each) => SHAPES[each].shape.test(text));
  const hint = other ? ` What it holds now looks like ${other}.` : '';
  return { mistakes: [`${name} does not look as it must. Set it to ${like}: ${place} in the settings of your Slack app.${hint}`] };
}

function readApiUrl(env: Environment): Read<string | undefined> {
  const text = textOf(env, 'SLACK_API_URL');
  if (text === undefined) return { value: undefined };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1' || url?.hostname === '[::1]';
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) return { value: text.endsWith('/') ? text : `${text}/` };
  return {
    mistakes: [
      'SLACK_API_URL is no address for tokens to go to. Set it to one that begins with https://, or leave it out for Slack itself.',
    ],
  };
}

class HiddenAccess implements SlackAccess {
  readonly #botToken: string;
  readonly connection: SlackAccess['connection'];
  declare readonly apiUrl?: string;

  constructor(botToken: string, connection: SlackAccess['connection'], apiUrl: string | undefined) {
    this.#botToken = botToken;
    this.connection = connection;
    if (apiUrl !== undefined) this.apiUrl = apiUrl;
  }

  get botToken(): string {
    return this.#botToken;
  }
}

class HiddenSocket {
  readonly kind = 'socket';
  readonly #appToken: string;

  constructor(appToken: string) {
    this.#appToken = appToken;
  }

  get appToken(): string {
    return this.#appToken;
  }
}

class HiddenHttp {
  readonly kind = 'http';
  readonly port: number;
  readonly #signingSecret: string;

  constructor(port: number, signingSecret: string) {
    this.port = port;
    this.#signingSecret = signingSecret;
  }

  get signingSecret(): string {
    return this.#signingSecret;
  }
}
