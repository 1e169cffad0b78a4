import { stateValues, text } from '../state/blocks.ts';
import type { Json, View } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';

/** Slack's view object, with what its owner has put in so far. */
export function viewShape(workspace: Workspace, view: View): Json {
  const { content } = view;
  const owner = workspace.users.get(view.user);
  return {
    id: view.id,
    team_id: owner?.teamId ?? workspace.team.id,
    type: view.kind,
    blocks: view.blocks,
    private_metadata: text(content.private_metadata),
    callback_id: text(content.callback_id),
    state: { values: stateValues(view.blocks, view.inputs) },
    hash: view.hash,
    title: content.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: content.clear_on_close === true,
    notify_on_close: content.notify_on_close === true,
    close: content.close ?? null,
    submit: content.submit ?? null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: workspace.app?.id ?? '',
    external_id: view.externalId,
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.app?.botId ?? '',
  };
}
