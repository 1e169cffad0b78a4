import type { Json, User } from '../state/model.ts';
import { seconds, type Workspace } from '../state/workspace.ts';

/** Slack's user object. The email is there only for an app with users:read.email, and never for strangers. */
export function userShape(workspace: Workspace, user: User): Json {
  const email = workspace.app?.scopes.includes('users:read.email') && user.kind !== 'stranger' && user.kind !== 'bot';
  const isApp = user.id === workspace.app?.botUserId;
  const deleted = user.kind === 'deactivated';
  const common: Json = {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted,
    color: '9f69e7',
    real_name: user.realName,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: zoneOffset(user.tz, workspace.clock.now()),
    profile: {
      title: user.title,
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      team: user.teamId,
      ...(email ? { email: user.email } : {}),
      ...(isApp ? { api_app_id: workspace.app?.id, bot_id: workspace.app?.botId } : {}),
    },
    is_bot: user.kind === 'bot',
    is_app_user: false,
    updated: seconds(workspace),
  };
  return deleted ? common : { ...common, ...standing(user) };
}

function standing(user: User): Json {
  return {
    is_admin: user.kind === 'admin',
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.kind === 'guest' || user.kind === 'single-channel-guest',
    is_ultra_restricted: user.kind === 'single-channel-guest',
    ...(user.kind === 'stranger' ? { is_stranger: true } : {}),
    has_2fa: false,
  };
}

/** Seconds east of Greenwich at that moment. */
function zoneOffset(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at);
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(parts.find((part) => part.type === 'timeZoneName')?.value ?? '');
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60);
}
