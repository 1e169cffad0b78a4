import type { Ids } from './ids.ts';
import type { Inputs, Json } from './model.ts';

/** An element that somebody can press or fill, with the block it stands in. */
export interface PlacedElement {
  block: Json;
  element: Json;
  blockId: string;
  actionId: string;
  /** Only `input` blocks may be named in a form's errors, and only they keep quiet until the form is submitted. */
  place: 'input' | 'actions' | 'accessory';
}

/** Gives every block and element the id that Slack makes up where the app gave none. */
export function withIds(ids: Ids, blocks: readonly Json[]): Json[] {
  return blocks.map((block) => {
    const named: Json = { ...block, block_id: text(block.block_id) || ids.hex(5) };
    if (isActions(block)) named.elements = actionElements(block).map((element) => withActionId(ids, element));
    if (isJson(block.element)) named.element = withActionId(ids, block.element);
    if (isJson(block.accessory)) named.accessory = withActionId(ids, block.accessory);
    return named;
  });
}

/** All elements of a message or view that people can use, in reading order. */
export function placedElements(blocks: readonly Json[]): PlacedElement[] {
  return blocks.flatMap((block) => {
    if (block.type === 'input') return place(block, 'input', [block.element]);
    if (block.type === 'section') return place(block, 'accessory', [block.accessory]);
    return isActions(block) ? place(block, 'actions', actionElements(block)) : [];
  });
}

/** Slack's `state.values`: everything filled in, and for the rest the initial values. Buttons have no state. */
export function stateValues(blocks: readonly Json[], inputs: Inputs): Inputs {
  const values: Inputs = {};
  for (const { blockId, actionId, element } of placedElements(blocks)) {
    if (element.type === 'button' || element.type === 'overflow' || element.type === 'image') continue;
    const filled = inputs[blockId]?.[actionId];
    const state = filled && filled.type === element.type ? filled : initialState(element);
    values[blockId] = { ...values[blockId], [actionId]: state };
  }
  return values;
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string, or an empty one for anything else. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The text of a Slack text object. */
export function labelOf(value: unknown): string {
  return isJson(value) ? text(value.text) : '';
}

/** The options of a menu or group, those in option groups included. */
export function optionsOf(element: Json): Json[] {
  const own = Array.isArray(element.options) ? element.options.filter(isJson) : [];
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isJson) : [];
  return [...own, ...groups.flatMap(optionsOf)];
}

function place(block: Json, where: PlacedElement['place'], elements: readonly unknown[]): PlacedElement[] {
  return elements.filter(isJson).flatMap((element) => {
    if (!('action_id' in element)) return [];
    return [{ block, element, blockId: text(block.block_id), actionId: text(element.action_id), place: where }];
  });
}

function isActions(block: Json): boolean {
  return block.type === 'actions' || block.type === 'context_actions';
}

function actionElements(block: Json): Json[] {
  return Array.isArray(block.elements) ? block.elements.filter(isJson) : [];
}

function withActionId(ids: Ids, element: Json): Json {
  if (element.type === 'image') return element;
  return { ...element, action_id: text(element.action_id) || ids.hex(5) };
}

function initialState(element: Json): Json {
  const type = text(element.type);
  const given = (key: string) => element[key] ?? null;
  if (type === 'plain_text_input' || type === 'number_input' || type === 'email_text_input' || type === 'url_text_input') {
    return { type, value: given('initial_value') };
  }
  if (type === 'rich_text_input') return { type, rich_text_value: given('initial_value') };
  if (type === 'checkboxes' || type === 'multi_static_select' || type === 'multi_external_select') {
    return { type, selected_options: element.initial_options ?? [] };
  }
  const single = singleKeys[type];
  if (single) return { type, [`selected_${single}`]: given(`initial_${single}`) };
  const several = severalKeys[type];
  if (several) return { type, [`selected_${several}`]: element[`initial_${several}`] ?? [] };
  if (type === 'file_input') return { type, files: [] };
  return { type };
}

const singleKeys: Record<string, string> = {
  static_select: 'option',
  external_select: 'option',
  radio_buttons: 'option',
  users_select: 'user',
  conversations_select: 'conversation',
  channels_select: 'channel',
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'date_time',
};

const severalKeys: Record<string, string> = {
  multi_users_select: 'users',
  multi_conversations_select: 'conversations',
  multi_channels_select: 'channels',
};
