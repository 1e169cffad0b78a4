import { accept, isRefusal, refuse, type Answer } from '../api/answer.ts';
import { flagOf, pageOf, textOf } from '../api/arguments.ts';
import { isMember } from '../api/conversations.ts';
import type { MethodCall, MethodTable } from '../api/method.ts';
import { userShape } from '../shapes/user.ts';
import type { Group, Json } from '../state/model.ts';
import { seconds } from '../state/workspace.ts';

/** People and user groups. */
export const userMethods: MethodTable = {
  'users.info': { tier: 4, scopes: ['users:read'], required: ['user'], json: false, run: info },
  'users.list': { tier: 2, scopes: ['users:read'], required: [], json: false, run: list },
  'users.lookupByEmail': { tier: 3, scopes: ['users:read.email'], required: ['email'], json: false, run: lookupByEmail },
  'usergroups.list': { tier: 2, scopes: ['usergroups:read'], required: [], json: false, run: listGroups },
  'usergroups.users.list': { tier: 2, scopes: ['usergroups:read'], required: ['usergroup'], json: false, run: listGroupUsers },
};

function info(call: MethodCall): Answer {
  const user = call.workspace.users.get(textOf(call.args, 'user'));
  if (!user) return refuse('user_not_found');
  const met = [...call.workspace.channels.values()].some((channel) => channel.members.has(user.id) && isMember(call, channel));
  if (user.kind === 'stranger' && !met) return refuse('user_not_visible');
  return accept({ user: userShape(call.workspace, user) });
}

function list(call: MethodCall): Answer {
  const page = pageOf(call.args, [...call.workspace.users.values()], 1000);
  if (isRefusal(page)) return page;
  return accept({
    members: page.items.map((user) => userShape(call.workspace, user)),
    cache_ts: seconds(call.workspace),
    response_metadata: { next_cursor: page.next },
  });
}

function lookupByEmail(call: MethodCall): Answer {
  const email = textOf(call.args, 'email').toLowerCase();
  const user = [...call.workspace.users.values()].find((candidate) => candidate.email.toLowerCase() === email);
  const known = user && user.kind !== 'deactivated' && user.kind !== 'stranger' && user.kind !== 'bot';
  return known ? accept({ user: userShape(call.workspace, user) }) : refuse('users_not_found');
}

function listGroups(call: MethodCall): Answer {
  if (!call.workspace.paid) return refuse('plan_upgrade_required');
  const disabledToo = flagOf(call.args, 'include_disabled');
  const groups = [...call.workspace.groups.values()].filter((group) => disabledToo || !group.disabled);
  return accept({ usergroups: groups.map((group) => groupShape(call, group)) });
}

/** Members come as they were put in: also deactivated people and guests. */
function listGroupUsers(call: MethodCall): Answer {
  if (!call.workspace.paid) return refuse('plan_upgrade_required');
  const group = call.workspace.groups.get(textOf(call.args, 'usergroup'));
  const hidden = group?.disabled && !flagOf(call.args, 'include_disabled');
  return group && !hidden ? accept({ users: group.members }) : refuse('no_such_subteam');
}

function groupShape(call: MethodCall, group: Group): Json {
  return {
    id: group.id,
    team_id: call.workspace.team.id,
    is_usergroup: true,
    name: group.name,
    description: '',
    handle: group.handle,
    is_external: false,
    date_create: group.createdAt,
    date_update: group.createdAt,
    date_delete: group.disabled ? group.createdAt : 0,
    auto_type: null,
    created_by: group.members[0] ?? '',
    updated_by: group.members[0] ?? '',
    deleted_by: null,
    prefs: { channels: [], groups: [] },
    ...(flagOf(call.args, 'include_users') ? { users: group.members } : {}),
    ...(flagOf(call.args, 'include_count') ? { user_count: String(group.members.length) } : {}),
  };
}
