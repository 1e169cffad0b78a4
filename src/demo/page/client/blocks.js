import { h } from './dom.js';
import { element as drawElement, isField } from './elements.js';
import { withSigns } from './signs.js';
import { markup } from './markup.js';
import { richText } from './rich.js';

/**
 * Blocks as nodes. `scene` knows names, and what is done when somebody uses an element:
 * `use(blockId, actionId, choice, button)`, `valueOf(blockId, element)` and, in forms, `mistakes` by block id.
 */
export function drawBlocks(blocks, scene) {
  return blocks.map((block) => drawBlock(block, scene));
}

function drawBlock(block, scene) {
  const { names } = scene;
  switch (block.type) {
    case 'header':
      return h('h3', { class: 'block-header' }, withSigns(block.text.text));
    case 'section':
      return section(block, scene);
    case 'context':
      return h(
        'div',
        { class: 'context' },
        block.elements.map((each) => (each.type === 'image' ? image(each, 'tiny') : h('span', {}, text(each, names)))),
      );
    case 'actions':
      return h(
        'div',
        { class: 'actions' },
        block.elements.map((each) => drawElement(each, block.block_id, scene)),
      );
    case 'divider':
      return h('hr');
    case 'rich_text':
      return richText(block, names);
    case 'image':
      return h('figure', {}, image(block), h('figcaption', {}, block.title?.text ?? ''));
    case 'input':
      return input(block, scene);
    case 'markdown':
      return h('p', {}, markup(block.text, names));
    default:
      return h('p', { class: 'unknown' }, `A block of the type ${block.type} stands here, which this page can’t draw.`);
  }
}

function section(block, scene) {
  const own = block.text ? h('div', { class: 'section-text' }, text(block.text, scene.names)) : null;
  const fields = (block.fields ?? []).map((field) => h('div', { class: 'field' }, text(field, scene.names)));
  const accessory =
    block.accessory?.type === 'image'
      ? image(block.accessory, 'accessory')
      : block.accessory && drawElement(block.accessory, block.block_id, scene);
  return h(
    'div',
    { class: 'section' },
    h('div', { class: 'section-body' }, own, fields.length > 0 && h('div', { class: 'fields' }, fields)),
    accessory,
  );
}

function input(block, scene) {
  const { element, block_id: blockId } = block;
  const id = `field-${blockId}`;
  const mistake = scene.mistakes?.[blockId];
  const hint = block.hint ? h('p', { class: 'hint', id: `${id}-hint` }, block.hint.text) : null;
  const described = [hint && `${id}-hint`, mistake && `${id}-mistake`].filter(Boolean).join(' ');
  const field = drawElement(element, blockId, { ...scene, field: { id, described, invalid: Boolean(mistake) } });
  const label = [withSigns(block.label.text), block.optional ? h('span', { class: 'optional' }, ' (optional)') : ''];
  return h(
    'div',
    { class: mistake ? 'input wrong' : 'input' },
    isField(element) ? h('label', { for: id }, label) : h('div', { class: 'label', id: `${id}-label` }, label),
    field,
    mistake ? h('p', { class: 'mistake', id: `${id}-mistake`, role: 'alert' }, mistake) : null,
    hint,
  );
}

/** A text object. */
export function text(object, names) {
  return object.type === 'mrkdwn' ? markup(object.text, names) : withSigns(object.text);
}

/** The page loads nothing from elsewhere, so that only pictures of its own can be shown; the others are described. */
function image({ image_url: url, alt_text: alt }, kind = 'whole') {
  if (url?.startsWith('data:image/')) return h('img', { src: url, alt, class: kind });
  return h('span', { class: 'picture', role: 'img', 'aria-label': alt }, alt);
}
