import type { Channel, Json, Note } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';

/** Slack's conversation object as the app's bot sees it. */
export function channelShape(workspace: Workspace, channel: Channel, options: { memberCount?: boolean } = {}): Json {
  const count = options.memberCount ? { num_members: channel.members.size } : {};
  if (channel.kind === 'im') return { ...directShape(workspace, channel), ...count };
  const shared = channel.kind === 'shared';
  const teams = shared ? [workspace.team.id, workspace.otherTeam.id] : [workspace.team.id];
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === 'public' || channel.kind === 'shared' || channel.kind === 'private',
    is_group: channel.kind === 'mpim',
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind === 'private' || channel.kind === 'mpim',
    created: channel.createdAt,
    creator: channel.creator,
    is_archived: channel.archived,
    is_general: channel.general,
    unlinked: 0,
    name_normalized: channel.name,
    is_read_only: channel.readOnly,
    is_shared: shared,
    is_ext_shared: shared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    context_team_id: workspace.team.id,
    shared_team_ids: teams,
    connected_team_ids: shared ? [workspace.otherTeam.id] : [],
    internal_team_ids: [],
    is_member: workspace.app !== null && channel.members.has(workspace.app.botUserId),
    topic: noteShape(channel.topic),
    purpose: noteShape(channel.purpose),
    previous_names: channel.previousNames,
    ...count,
  };
}

function directShape(workspace: Workspace, channel: Channel): Json {
  const other = [...channel.members].find((member) => member !== workspace.app?.botUserId) ?? '';
  return {
    id: channel.id,
    created: channel.createdAt,
    is_im: true,
    is_org_shared: false,
    user: other,
    is_user_deleted: workspace.users.get(other)?.kind === 'deactivated',
    is_open: true,
    priority: 0,
  };
}

function noteShape(note: Note): Json {
  return { value: note.value, creator: note.creator, last_set: note.lastSet };
}
