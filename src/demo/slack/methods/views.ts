import { accept, isRefusal, refuse, refuseArguments, type Answer, type Refusal } from '../api/answer.ts';
import { structureOf, textOf } from '../api/arguments.ts';
import type { MethodCall, MethodTable } from '../api/method.ts';
import { describe, validateView, viewBytes } from '../schema/index.ts';
import { viewShape } from '../shapes/view.ts';
import { isJson, text } from '../state/blocks.ts';
import type { Json, View } from '../state/model.ts';
import { openModal, publishHome, pushModal, stackLimit, stackOf, updateView, viewByExternalId, viewById } from '../state/views.ts';

/** Modals and the app's home. None of them needs a scope. */
export const viewMethods: MethodTable = {
  'views.open': { tier: 4, scopes: [], required: ['view'], json: true, run: open },
  'views.push': { tier: 4, scopes: [], required: ['view'], json: true, run: push },
  'views.update': { tier: 4, scopes: [], required: ['view'], json: true, run: update },
  'views.publish': { tier: 4, scopes: [], required: ['user_id', 'view'], json: true, run: publish },
};

/** Slack's answer to a view that is wrong in itself or too large; null when it is fine. */
export function viewRefusal(view: unknown, type: View['kind']): Refusal | null {
  const errors = describe(validateView(view, type));
  if (errors.length > 0) return refuseArguments(errors);
  return viewBytes(view) > maxBytes ? refuse('view_too_large') : null;
}

const maxBytes = 250_000;

function open(call: MethodCall): Answer {
  const view = checkedView(call, 'modal', null);
  if (isRefusal(view)) return view;
  const trigger = triggerOf(call);
  if (isRefusal(trigger)) return trigger;
  return shown(call, openModal(call.workspace, trigger.user, view));
}

function push(call: MethodCall): Answer {
  const view = checkedView(call, 'modal', null);
  if (isRefusal(view)) return view;
  const trigger = triggerOf(call);
  if (isRefusal(trigger)) return trigger;
  const depth = stackOf(call.workspace, trigger.user).length;
  if (!trigger.view || depth === 0) return refuse('not_found');
  if (depth >= stackLimit) return refuse('push_limit_reached');
  return shown(call, pushModal(call.workspace, trigger.user, view));
}

function update(call: MethodCall): Answer {
  const { workspace, args } = call;
  const id = textOf(args, 'view_id');
  const externalId = textOf(args, 'external_id');
  if (!id && !externalId) return refuseArguments(['missing required field: view_id']);
  const existing = id ? viewById(workspace, id) : viewByExternalId(workspace, externalId);
  if (!existing) return refuse('not_found');
  const view = checkedView(call, existing.kind, existing);
  if (isRefusal(view)) return view;
  const hash = textOf(args, 'hash');
  if (hash && hash !== existing.hash) return refuse('hash_conflict');
  updateView(workspace, existing, view);
  return shown(call, existing);
}

function publish(call: MethodCall): Answer {
  const { workspace, app, args } = call;
  const user = workspace.users.get(textOf(args, 'user_id'));
  if (!user || user.kind === 'bot') return refuseArguments(['invalid `user_id`'], '');
  if (!app.homeTab) return refuse('not_enabled');
  const existing = workspace.homes.get(user.id) ?? null;
  const view = checkedView(call, 'home', existing);
  if (isRefusal(view)) return view;
  const hash = textOf(args, 'hash');
  if (hash && existing && hash !== existing.hash) return refuse('hash_conflict');
  return shown(call, publishHome(workspace, user.id, view));
}

/** The view argument, when it is valid and its external_id is not taken by another view. */
function checkedView(call: MethodCall, type: View['kind'], existing: View | null): Json | Refusal {
  const view = structureOf(call.args, 'view');
  const wrong = viewRefusal(view, type);
  if (wrong || !isJson(view)) return wrong ?? refuse('invalid_arguments');
  const namesake = viewByExternalId(call.workspace, text(view.external_id));
  return namesake && namesake !== existing ? refuse('duplicate_external_id') : view;
}

function triggerOf(call: MethodCall): { user: string; view: View | null } | Refusal {
  const id = textOf(call.args, 'trigger_id');
  if (!/^\d+\.\d+\.[a-f0-9]+$/.test(id)) return refuseArguments(['invalid `trigger_id`'], '');
  const spent = call.spendTrigger(id);
  return spent.ok ? spent : refuse(spent.error);
}

function shown(call: MethodCall, view: View): Answer {
  return accept({ view: viewShape(call.workspace, view) });
}
