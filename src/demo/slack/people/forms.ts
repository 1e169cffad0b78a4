import { submissionReply, type SubmissionReply } from '../delivery/acks.ts';
import { closedPayload, submissionPayload } from '../delivery/payloads.ts';
import type { Choice, SubmitOutcome } from '../interface.ts';
import { labelOf, placedElements, stateValues, text } from '../state/blocks.ts';
import type { Json, User, View } from '../state/model.ts';
import { closeViews, pushModal, stackOf, updateView } from '../state/views.ts';
import { acts, sent } from './acting.ts';
import { isFilled } from './choices.ts';
import { appOf, mustBeActive, type PeopleDesk } from './desk.ts';
import { namesOf } from './pressing.ts';
import { viewSight } from './sights.ts';

/** Fills elements of the open view, one after the other. */
export async function fills(desk: PeopleDesk, user: User, values: Record<string, Choice>): Promise<void> {
  for (const [name, choice] of Object.entries(values)) {
    const view = openView(desk, user);
    const fields = placedElements(view.blocks).filter(({ element }) => element.type !== 'button');
    const field = fields.find((candidate) => namesOf(candidate).includes(name));
    if (!field) {
      const names = fields.map((candidate) => `"${namesOf(candidate)[0] ?? ''}"`).join(', ');
      throw new Error(`The view "${labelOf(view.content.title)}" has no field "${name}"; it has ${names || 'none'}.`);
    }
    await acts(desk, user, { view: view.id, blockId: field.blockId, actionId: field.actionId }, choice);
  }
}

/** Fills and submits the open view. What Slack itself checks never reaches the app. */
export async function submits(desk: PeopleDesk, user: User, values: Record<string, Choice> = {}): Promise<SubmitOutcome> {
  await fills(desk, user, values);
  const { workspace } = desk;
  const view = openView(desk, user);
  const label = labelOf(view.content.submit);
  if (label === '') throw new Error(`The view "${labelOf(view.content.title)}" has nothing to submit.`);
  workspace.tell({ kind: 'person-acted', user: user.id, channel: null, what: `submits "${labelOf(view.content.title)}"` });
  const incomplete = errorsBeforehand(view);
  if (Object.keys(incomplete).length > 0) return { status: 'errors', errors: incomplete };
  const sender = { workspace, app: appOf(workspace), user };
  const payload = { ...submissionPayload(sender, view), trigger_id: desk.triggers.issue(user.id, view) };
  const about = `view_submission ${text(view.content.callback_id)}`;
  const acknowledgement = await desk.postOffice.interact({ type: 'interactive', payload });
  if (acknowledgement.kind !== 'acked') {
    desk.fail(acknowledgement.kind, about, acknowledgement.detail);
    return trouble(desk, user);
  }
  const reply = submissionReply(acknowledgement.body, view, stackOf(workspace, user.id).length);
  if (reply.status !== 'bad') return applied(desk, user, view, reply);
  desk.fail(reply.kind, about, reply.detail);
  return trouble(desk, user);
}

/** Closes the front view, or all of them; the app hears of it where it asked to. */
export async function closesView(desk: PeopleDesk, user: User, how: { all?: boolean } = {}): Promise<void> {
  const { workspace } = desk;
  const view = openView(desk, user);
  const all = how.all === true || view.content.clear_on_close === true;
  const closing = all ? stackOf(workspace, user.id).toReversed() : [view];
  workspace.tell({ kind: 'person-acted', user: user.id, channel: null, what: `closes "${labelOf(view.content.title)}"` });
  const sender = { workspace, app: appOf(workspace), user };
  closeViews(workspace, user.id, closing);
  const told = closing.filter((closed) => closed.content.notify_on_close === true);
  await Promise.all(
    told.map((closed) => sent(desk, user, `view_closed ${text(closed.content.callback_id)}`, closedPayload(sender, closed, all))),
  );
}

function applied(desk: PeopleDesk, user: User, view: View, reply: Exclude<SubmissionReply, { status: 'bad' }>): SubmitOutcome {
  const { workspace } = desk;
  switch (reply.status) {
    case 'close':
      closeViews(workspace, user.id, [view]);
      return { status: 'closed' };
    case 'clear':
      closeViews(workspace, user.id, stackOf(workspace, user.id));
      return { status: 'closed' };
    case 'errors':
      return { status: 'errors', errors: reply.errors };
    case 'update':
      updateView(workspace, view, reply.view);
      return { status: 'updated', view: viewSight(workspace, view) };
    case 'push':
      return { status: 'pushed', view: viewSight(workspace, pushModal(workspace, user.id, reply.view)) };
    default:
      return reply satisfies never;
  }
}

function trouble(desk: PeopleDesk, user: User): SubmitOutcome {
  const shown = 'We had some trouble connecting. Try again?';
  desk.workspace.tell({ kind: 'person-told', user: user.id, channel: null, text: shown });
  return { status: 'trouble', shown };
}

/** Slack's own complaints before it sends a form: required fields and the lengths that the app set. */
function errorsBeforehand(view: View): Record<string, string> {
  const values = stateValues(view.blocks, view.inputs);
  const errors: Record<string, string> = {};
  for (const { block, element, blockId, actionId, place } of placedElements(view.blocks)) {
    if (place !== 'input') continue;
    const state = values[blockId]?.[actionId] ?? {};
    if (!isFilled(state)) {
      if (block.optional !== true) errors[blockId] = 'Please complete this required field.';
    } else {
      const wrong = lengthError(element, Array.from(text(state.value)).length);
      if (wrong) errors[blockId] = wrong;
    }
  }
  return errors;
}

function lengthError(element: Json, length: number): string | null {
  const { min_length: min, max_length: max } = element;
  if (typeof min === 'number' && length < min) return `Please enter at least ${min} characters.`;
  if (typeof max === 'number' && length > max) return `Please enter at most ${max} characters.`;
  return null;
}

function openView(desk: PeopleDesk, user: User): View {
  mustBeActive(user);
  const view = stackOf(desk.workspace, user.id).at(-1);
  if (view) return view;
  throw new Error(`${user.name} has no view open.`);
}
