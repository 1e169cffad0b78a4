import type { Json, StoredFile } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';

/** Slack's file object. Where a file was shared shows up only after the share has happened. */
export function fileShape(workspace: Workspace, file: StoredFile): Json {
  const shares = file.shares.map((share) => ({ ...share, private: workspace.channels.get(share.channel)?.kind === 'private' }));
  const listed = (isPrivate: boolean) => {
    const wanted = shares.filter((share) => share.private === isPrivate);
    return Object.fromEntries(wanted.map((share) => [share.channel, [{ ts: share.ts, team_id: workspace.team.id }]]));
  };
  const type = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? 'binary';
  return {
    id: file.id,
    created: file.createdAt,
    timestamp: file.createdAt,
    name: file.name,
    title: file.title,
    mimetype: 'application/octet-stream',
    filetype: type,
    pretty_type: type.toUpperCase(),
    user: file.by,
    editable: false,
    size: file.length,
    mode: 'hosted',
    is_external: false,
    is_public: shares.some((share) => !share.private),
    url_private: `https://${workspace.team.domain}.slack.com/files/${file.by}/${file.id}/${encodeURIComponent(file.name)}`,
    permalink: `https://${workspace.team.domain}.slack.com/files/${file.by}/${file.id}`,
    shares: { public: listed(false), private: listed(true) },
    channels: shares.filter((share) => !share.private).map((share) => share.channel),
    groups: shares.filter((share) => share.private).map((share) => share.channel),
    ims: [],
  };
}
