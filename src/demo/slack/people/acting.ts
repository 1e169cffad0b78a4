import { messageActionPayload, viewActionPayload } from '../delivery/payloads.ts';
import type { Choice, ElementTarget, Receipt } from '../interface.ts';
import { isJson, labelOf, placedElements, type PlacedElement } from '../state/blocks.ts';
import { messageAt } from '../state/messages.ts';
import type { Channel, Inputs, Json, Message, User, View } from '../state/model.ts';
import { setInput, viewById } from '../state/views.ts';
import type { Workspace } from '../state/workspace.ts';
import { chosenState } from './choices.ts';
import { appOf, mustBeActive, type PeopleDesk } from './desk.ts';

/** Presses one exact element, or puts something into it. Slack reports it once and never again. */
export async function acts(desk: PeopleDesk, user: User, target: ElementTarget, choice?: Choice): Promise<Receipt> {
  const { workspace } = desk;
  mustBeActive(user);
  const app = appOf(workspace);
  const holder = holderOf(workspace, user, target);
  const placed = placedElements(holder.blocks).find(({ blockId, actionId }) => blockId === target.blockId && actionId === target.actionId);
  if (!placed) throw new Error(`There is no element ${target.actionId} in block ${target.blockId} any more.`);
  const state = placed.element.type === 'button' ? null : chosenState(workspace, placed.element, choice ?? []);
  if (state) setInput(holder.inputs, target.blockId, target.actionId, state);
  workspace.tell({ kind: 'person-acted', user: user.id, channel: holder.channel, what: deedOf(placed, choice) });
  if (placed.place === 'input' && placed.block.dispatch_action !== true) return { acked: true, shown: '' };
  if (!app.interactive) return { acked: false, shown: 'This app is not configured to handle interactive responses.' };
  const action = actionOf(workspace, placed, state);
  const sender = { workspace, app, user };
  const payload = holder.view
    ? viewActionPayload(sender, holder.view, action)
    : messageActionPayload(sender, holder.channel, holder.message, holder.inputs, action);
  const reachable = holder.view ? {} : { response_url: desk.responseUrls.issue('actions', { ...holder, user: user.id }) };
  const trigger = { trigger_id: desk.triggers.issue(user.id, holder.view) };
  return sent(desk, user, `block_actions ${target.actionId}`, { ...payload, ...reachable, ...trigger });
}

/** Delivers an interaction and says what the person is shown when it goes wrong. */
export async function sent(desk: PeopleDesk, user: User, about: string, payload: Json): Promise<Receipt> {
  const acknowledgement = await desk.postOffice.interact({ type: 'interactive', payload });
  if (acknowledgement.kind === 'acked') return { acked: true, shown: '' };
  desk.fail(acknowledgement.kind, about, acknowledgement.detail);
  const shown = '⚠ That did not work: the app did not respond in time.';
  desk.workspace.tell({ kind: 'person-told', user: user.id, channel: null, text: shown });
  return { acked: false, shown };
}

/** What an element stands in: a message in its channel, or a view. */
type Holder =
  | { view: null; channel: Channel; message: Message; blocks: Json[]; inputs: Inputs }
  | { view: View; channel: null; message: null; blocks: Json[]; inputs: Inputs };

function holderOf(workspace: Workspace, user: User, target: ElementTarget): Holder {
  if (target.message) {
    const channel = workspace.channels.get(target.message.channel);
    const { ts } = target.message;
    const own = [...workspace.ephemerals].find((candidate) => candidate.ts === ts && candidate.to === user.id);
    const message = own ?? (channel ? messageAt(channel, ts) : undefined);
    if (!channel || !message) throw new Error(`The message ${ts} is gone.`);
    if (!channel.members.has(user.id)) throw new Error(`${user.name} is not in #${channel.name}.`);
    return { view: null, channel, message, blocks: message.blocks ?? [], inputs: inputsOf(workspace, user, message) };
  }
  const view = viewById(workspace, target.view ?? '');
  if (!view || view.user !== user.id) throw new Error(`The view ${target.view ?? ''} is not open for ${user.name}.`);
  return { view, channel: null, message: null, blocks: view.blocks, inputs: view.inputs };
}

/** What somebody has put into the elements of a message; everybody has their own. */
function inputsOf(workspace: Workspace, user: User, message: Message): Inputs {
  const key = `${user.id} ${message.channel} ${message.ts}`;
  const inputs = workspace.messageInputs.get(key) ?? {};
  workspace.messageInputs.set(key, inputs);
  return inputs;
}

/** The entry of `actions`: the element's ids, its label or what was chosen, and an echo of its confirmation dialog. */
function actionOf(workspace: Workspace, { element, blockId, actionId }: PlacedElement, state: Json | null): Json {
  const echoed = ['text', 'value', 'style', 'url', 'confirm', 'placeholder'].filter((key) => element[key] !== undefined);
  return {
    action_id: actionId,
    block_id: blockId,
    ...Object.fromEntries(echoed.map((key) => [key, element[key]])),
    ...(state ?? { type: element.type }),
    action_ts: workspace.ids.ts(),
  };
}

function deedOf({ element, block }: PlacedElement, choice: Choice | undefined): string {
  if (element.type === 'button') return `clicks [${labelOf(element.text)}]`;
  const name = labelOf(isJson(block.label) ? block.label : element.placeholder) || String(element.action_id);
  return `puts "${[choice ?? ''].flat().join(', ')}" into ${name}`;
}
