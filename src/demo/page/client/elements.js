import { h } from './dom.js';
import { withSigns } from './signs.js';
import { confirmed } from './confirm.js';

/** Something to press or fill in. Buttons act at once; what stands in an `input` block is kept until the form is sent. */
export function element(object, blockId, scene) {
  switch (object.type) {
    case 'button':
      return button(object, blockId, scene);
    case 'static_select':
    case 'overflow':
      return select(object, blockId, scene);
    case 'radio_buttons':
    case 'checkboxes':
      return group(object, blockId, scene);
    case 'users_select':
      return select({ ...object, options: scene.names.people().map((name) => ({ text: { text: name }, value: name })) }, blockId, scene);
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'datepicker':
    case 'timepicker':
      return textInput(object, blockId, scene);
    default:
      return h('span', { class: 'unknown' }, `[${object.type}]`);
  }
}

/** Whether an element is one control that a `<label>` can point at. */
export function isField({ type }) {
  return type !== 'radio_buttons' && type !== 'checkboxes';
}

/** What an element says before anybody has touched it. */
export function initialOf(object) {
  switch (object.type) {
    case 'static_select':
    case 'radio_buttons':
      return object.initial_option?.value ?? '';
    case 'checkboxes':
      return (object.initial_options ?? []).map(({ value }) => value);
    case 'datepicker':
      return object.initial_date ?? '';
    default:
      return object.initial_value ?? '';
  }
}

function button(object, blockId, scene) {
  const { text, style, action_id: actionId, confirm, url } = object;
  const attributes = { type: 'button', class: `button ${style ?? ''}`, 'data-key': `${blockId}/${actionId}` };
  async function press(event) {
    if (confirm && !(await confirmed(confirm))) return;
    if (url) window.open(url, '_blank', 'noreferrer,noopener');
    await scene.use(blockId, actionId, undefined, event.target);
  }
  return h('button', { ...attributes, onclick: (event) => void press(event) }, withSigns(text.text));
}

function select(object, blockId, scene) {
  const { action_id: actionId, placeholder } = object;
  const value = scene.valueOf(blockId, object);
  const options = (object.options ?? object.option_groups?.flatMap(({ options: own }) => own) ?? []).map((option) =>
    h('option', { value: option.value, selected: option.value === value }, option.text.text),
  );
  const none = h('option', { value: '', selected: value === '' }, placeholder?.text ?? 'Choose…');
  return h(
    'select',
    {
      ...fieldOf(scene, blockId, actionId),
      'aria-label': scene.field ? null : (placeholder?.text ?? actionId),
      onchange: ({ target }) => void scene.use(blockId, actionId, target.value === '' ? [] : target.value, target),
    },
    none,
    options,
  );
}

function group(object, blockId, scene) {
  const { action_id: actionId, type } = object;
  const value = [scene.valueOf(blockId, object)].flat();
  const kind = type === 'checkboxes' ? 'checkbox' : 'radio';
  function changed({ target }) {
    const chosen = [...target.closest('[role]').querySelectorAll('input:checked')].map((each) => each.value);
    void scene.use(blockId, actionId, kind === 'radio' ? (chosen[0] ?? []) : chosen, target);
  }
  const boxes = object.options.map((option) =>
    h(
      'label',
      { class: 'choice' },
      h('input', {
        type: kind,
        name: `${blockId}/${actionId}`,
        value: option.value,
        checked: value.includes(option.value),
        onchange: changed,
      }),
      h('span', {}, withSigns(option.text.text)),
    ),
  );
  const labelled = scene.field ? { 'aria-labelledby': `${scene.field.id}-label` } : { 'aria-label': actionId };
  return h('div', { role: kind === 'radio' ? 'radiogroup' : 'group', class: 'choices', ...labelled }, boxes);
}

const INPUT_TYPES = { number_input: 'number', email_text_input: 'email', url_text_input: 'url', datepicker: 'date', timepicker: 'time' };

function textInput(object, blockId, scene) {
  const { action_id: actionId, multiline, max_length: max, placeholder, type } = object;
  const attributes = {
    ...fieldOf(scene, blockId, actionId),
    maxlength: max,
    placeholder: placeholder?.text,
    autofocus: object.focus_on_load === true,
    oninput: ({ target }) => void scene.use(blockId, actionId, target.value, target),
  };
  const value = scene.valueOf(blockId, object);
  if (multiline) return h('textarea', { ...attributes, rows: 4 }, value);
  return h('input', { ...attributes, type: INPUT_TYPES[type] ?? 'text', value });
}

function fieldOf({ field }, blockId, actionId) {
  const known = field ? { id: field.id, 'aria-describedby': field.described || null, 'aria-invalid': field.invalid ? 'true' : null } : {};
  return { class: 'control', 'data-key': `${blockId}/${actionId}`, ...known };
}
