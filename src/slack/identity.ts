import type { Store } from '../core/ports.ts';
import { AuthTest, BotInfo } from './answers.ts';
import { sayFailure } from './web.ts';
import type { Web, WebFailure } from './web.ts';

/** Who we are and where: the workspace, the app and the bot's two ids. */
export type Identity = {
  readonly team: string;
  readonly teamName: string;
  readonly app: string;
  readonly botUser: string;
  readonly bot: string;
};

export type Introduction =
  | { readonly status: 'known'; readonly identity: Identity }
  /** Slack can't say at the moment. */
  | { readonly status: 'later'; readonly says: string }
  /** The token or the data is wrong, and waiting does not mend it. */
  | { readonly status: 'refused'; readonly says: string };

const HOPELESS: Readonly<Record<string, string>> = {
  invalid_auth: 'Slack does not know the bot token. Copy it again from "OAuth & Permissions" of the app into SLACK_BOT_TOKEN.',
  not_authed: 'The bot token is empty. Set SLACK_BOT_TOKEN to the token from "OAuth & Permissions" of the app.',
  account_inactive: 'The app was removed from the workspace, so its bot token is dead. Install it again and set the new SLACK_BOT_TOKEN.',
  token_revoked: 'The bot token was revoked. Install the app again and set the new SLACK_BOT_TOKEN.',
  token_expired: 'The bot token has expired. Switch token rotation off, install the app again and set the new SLACK_BOT_TOKEN.',
  not_allowed_token_type: 'SLACK_BOT_TOKEN holds a token of the wrong kind. A bot token begins with xoxb-.',
};
const TEAM_FACT = 'slack.team';

/** Learns from Slack who we are. A database belongs to one workspace, because the channels and people in it do. */
export async function introduce({ web, store }: { web: Web; store: Pick<Store, 'getFact' | 'setFact'> }): Promise<Introduction> {
  const result = await web.call('auth.test');
  if (result.status !== 'ok') return failed(result);
  const { team_id: team, team: teamName, user_id: botUser, bot_id: bot, app_id } = AuthTest.parse(result.data);
  const app = app_id ?? (await appOf(web, bot));
  if (typeof app !== 'string') return failed(app);
  const known = await store.getFact(TEAM_FACT);
  if (known !== null && known !== team) {
    const says = `The database belongs to the workspace ${JSON.stringify(known)}, and the bot token to ${team}. Use the token of that workspace, or another database.`;
    return { status: 'refused', says };
  }
  if (known === null) await store.setFact(TEAM_FACT, team);
  return { status: 'known', identity: { team, teamName: teamName ?? team, app, botUser, bot } };
}

async function appOf(web: Web, bot: string): Promise<string | WebFailure> {
  const result = await web.call('bots.info', { bot });
  if (result.status !== 'ok') return result;
  return BotInfo.parse(result.data).bot.app_id ?? { status: 'refused', error: 'no app id', detail: [] };
}

function failed(failure: WebFailure): Introduction {
  const hopeless = failure.status === 'refused' && Object.hasOwn(HOPELESS, failure.error) ? HOPELESS[failure.error] : undefined;
  if (hopeless !== undefined) return { status: 'refused', says: hopeless };
  if (failure.status === 'refused' && failure.error === 'missing_scope') {
    return { status: 'refused', says: 'The app lacks a scope that Rollbot needs. Install it again with the scopes of manifest.yml.' };
  }
  return { status: 'later', says: `${sayFailure(failure)}.` };
}
