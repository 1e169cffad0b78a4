import { accept, refuse, type Answer } from '../api/answer.ts';
import { textOf } from '../api/arguments.ts';
import type { MethodCall, MethodTable } from '../api/method.ts';
import { seconds } from '../state/workspace.ts';

/** Who the app is, where it is, and its way in for Socket Mode. */
export const identityMethods: MethodTable = {
  'auth.test': { tier: 'special', scopes: [], required: [], json: true, run: authTest },
  'apps.connections.open': { tier: 3, scopes: [], required: [], json: true, token: 'app', run: openConnection },
  'bots.info': { tier: 3, scopes: ['users:read'], required: [], json: false, run: botInfo },
  'team.info': { tier: 3, scopes: ['team:read'], required: [], json: true, run: teamInfo },
};

function authTest({ workspace, app }: MethodCall): Answer {
  return accept({
    url: `https://${workspace.team.domain}.slack.com/`,
    team: workspace.team.name,
    user: workspace.users.get(app.botUserId)?.name ?? app.name,
    team_id: workspace.team.id,
    user_id: app.botUserId,
    bot_id: app.botId,
    is_enterprise_install: false,
  });
}

function openConnection(call: MethodCall): Answer {
  return accept({ url: call.issueSocketUrl() });
}

function botInfo({ workspace, app, args }: MethodCall): Answer {
  const bot = textOf(args, 'bot');
  if (bot !== '' && bot !== app.botId) return refuse('bot_not_found');
  const shape = {
    id: app.botId,
    deleted: false,
    name: app.name,
    updated: seconds(workspace),
    app_id: app.id,
    user_id: app.botUserId,
    icons: {},
  };
  return accept({ bot: shape });
}

function teamInfo({ workspace, args }: MethodCall): Answer {
  const wanted = textOf(args, 'team');
  if (wanted !== '' && wanted !== workspace.team.id) return refuse('team_not_found');
  const { id, name, domain } = workspace.team;
  return accept({ team: { id, name, domain, email_domain: `${domain}.example`, icon: { image_default: true } } });
}
