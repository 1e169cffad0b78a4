import { isJson, text, withIds } from './blocks.ts';
import type { Inputs, Json, View } from './model.ts';
import type { Workspace } from './workspace.ts';

/** How deep modals can be stacked. */
export const stackLimit = 3;

/** Opens a modal as the root of a new stack; whatever the person had open is replaced. */
export function openModal(workspace: Workspace, user: string, content: Json): View {
  for (const old of stackOf(workspace, user)) workspace.tell({ kind: 'view-closed', view: old });
  const view = makeView(workspace, user, content, 'modal');
  workspace.stacks.set(user, [view]);
  workspace.tell({ kind: 'view-opened', view });
  return view;
}

/** Puts a modal on top of the person's stack, which must not be empty or full. */
export function pushModal(workspace: Workspace, user: string, content: Json): View {
  const stack = stackOf(workspace, user);
  const view = makeView(workspace, user, content, 'modal');
  view.rootId = stack[0]?.id ?? view.id;
  view.previousId = stack.at(-1)?.id ?? null;
  workspace.stacks.set(user, [...stack, view]);
  workspace.tell({ kind: 'view-opened', view });
  return view;
}

/** Replaces what a view shows. What was typed stays wherever block_id and action_id stay. */
export function updateView(workspace: Workspace, view: View, content: Json): void {
  fill(workspace, view, content);
  view.touched = workspace.ids.step();
  workspace.tell({ kind: view.kind === 'home' ? 'home-published' : 'view-updated', view });
}

export function publishHome(workspace: Workspace, user: string, content: Json): View {
  const existing = workspace.homes.get(user);
  if (existing) {
    updateView(workspace, existing, content);
    return existing;
  }
  const view = makeView(workspace, user, content, 'home');
  workspace.homes.set(user, view);
  workspace.tell({ kind: 'home-published', view });
  return view;
}

/** Takes these views off their owner's stack. */
export function closeViews(workspace: Workspace, user: string, views: readonly View[]): void {
  workspace.stacks.set(
    user,
    stackOf(workspace, user).filter((view) => !views.includes(view)),
  );
  for (const view of views) workspace.tell({ kind: 'view-closed', view });
}

export function stackOf(workspace: Workspace, user: string): readonly View[] {
  return workspace.stacks.get(user) ?? [];
}

/** An open modal or a published home, by id. */
export function viewById(workspace: Workspace, id: string): View | undefined {
  return allViews(workspace).find((view) => view.id === id);
}

export function viewByExternalId(workspace: Workspace, externalId: string): View | undefined {
  return allViews(workspace).find((view) => view.externalId !== '' && view.externalId === externalId);
}

/** Remembers what somebody put into one element. */
export function setInput(inputs: Inputs, blockId: string, actionId: string, state: Json): void {
  inputs[blockId] = { ...inputs[blockId], [actionId]: state };
}

function allViews(workspace: Workspace): View[] {
  return [...[...workspace.stacks.values()].flat(), ...workspace.homes.values()];
}

function makeView(workspace: Workspace, user: string, content: Json, kind: View['kind']): View {
  const id = workspace.ids.serial('V');
  const view: View = {
    id,
    kind,
    user,
    content,
    blocks: [],
    externalId: '',
    hash: '',
    rootId: id,
    previousId: null,
    inputs: {},
    touched: workspace.ids.step(),
  };
  fill(workspace, view, content);
  return view;
}

function fill(workspace: Workspace, view: View, content: Json): void {
  view.content = content;
  view.blocks = withIds(workspace.ids, Array.isArray(content.blocks) ? content.blocks.filter(isJson) : []);
  view.externalId = text(content.external_id);
  view.hash = `${Math.floor(workspace.clock.now() / 1000)}.${workspace.ids.hex(8)}`;
}
