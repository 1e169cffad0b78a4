import { drawBlocks } from './blocks.js';
import { byId, h } from './dom.js';
import { initialOf } from './elements.js';
import { withSigns } from './signs.js';
import { deed } from './server.js';
import { namesOf } from './state.js';

/** Shows the form that is open for whoever one is being, with what has been typed into it so far. */
export function createForm(state) {
  const dialog = byId('view');
  let drawn = '';
  let open = null;
  let values = new Map();
  let mistakes = {};

  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    void close();
  });

  function draw() {
    const { view } = state;
    if (!view) {
      open = null;
      drawn = '';
      if (dialog.open) dialog.close();
      return;
    }
    if (view.id !== open) [open, values, mistakes] = [view.id, new Map(), {}];
    const now = JSON.stringify([view, mistakes]);
    if (now !== drawn) fill(view);
    drawn = now;
    if (!dialog.open) dialog.showModal();
  }

  function fill(view) {
    const focused = dialog.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const scene = {
      names: namesOf(state),
      use: (...deeds) => use(view, ...deeds),
      valueOf: (blockId, object) => values.get(`${blockId}/${object.action_id}`) ?? initialOf(object),
      mistakes,
    };
    const footer = h(
      'footer',
      {},
      h('button', { type: 'button', class: 'button', onclick: () => void close() }, view.close),
      view.submit !== null && h('button', { type: 'submit', class: 'button primary' }, view.submit),
    );
    const form = h(
      'form',
      { novalidate: true, onsubmit: (event) => void submit(event, view) },
      h('h2', { id: 'view-title' }, withSigns(view.title)),
      h('div', { class: 'fields-of-view' }, drawBlocks(view.blocks, scene)),
      footer,
    );
    dialog.replaceChildren(form);
    const target = focused && form.querySelector(`[data-key="${CSS.escape(focused)}"]`);
    (form.querySelector('[aria-invalid=true]') ?? target ?? form.querySelector('.control'))?.focus();
  }

  /** What stands in an `input` block is kept here until the form is sent; the rest is reported at once. */
  async function use(view, blockId, actionId, choice) {
    if (choice !== undefined) values.set(`${blockId}/${actionId}`, choice);
    const block = view.blocks.find((each) => each.block_id === blockId);
    if (block.type === 'input' && block.dispatch_action !== true) return;
    await deed({
      kind: 'act',
      as: state.me,
      on: { view: view.id },
      element: { blockId, actionId, ...(choice !== undefined && { choice }) },
    });
  }

  async function submit(event, view) {
    event.preventDefault();
    const button = dialog.querySelector('[type=submit]');
    button.disabled = true;
    const inputs = view.blocks.filter(({ type }) => type === 'input');
    const elements = inputs.map(({ block_id: blockId, element }) => {
      const value = values.get(`${blockId}/${element.action_id}`) ?? initialOf(element);
      return { blockId, actionId: element.action_id, choice: value === '' && 'options' in element ? [] : value };
    });
    const { errors = {} } = await deed({ kind: 'submit', as: state.me, view: view.id, elements });
    button.disabled = false;
    mistakes = errors;
    draw();
  }

  async function close() {
    await deed({ kind: 'close', as: state.me });
  }

  return { draw };
}
