import { h } from './dom.js';
import { sign } from './signs.js';
import { link, mention, moment } from './markup.js';

/** A `rich_text` block. */
export function richText(block, names) {
  return h(
    'div',
    { class: 'rich' },
    block.elements.map((element) => part(element, names)),
  );
}

function part(element, names) {
  const inner = () => element.elements.map((each) => leaf(each, names));
  switch (element.type) {
    case 'rich_text_section':
      return h('p', {}, inner());
    case 'rich_text_preformatted':
      return h('pre', { tabindex: '0' }, inner());
    case 'rich_text_quote':
      return h('blockquote', {}, inner());
    case 'rich_text_list':
      return h(
        element.style === 'ordered' ? 'ol' : 'ul',
        {},
        element.elements.map((item) => h('li', {}, part(item, names))),
      );
    default:
      return h('p', { class: 'unknown' }, `[${element.type}]`);
  }
}

function leaf(element, names) {
  switch (element.type) {
    case 'text':
      return styled(element.text, element.style);
    case 'link':
      return link(element.url, element.text ?? element.url);
    case 'emoji':
      return sign(element.name);
    case 'user':
      return mention(`@${names.person(element.user_id)}`, names.isMe(element.user_id));
    case 'usergroup':
      return mention(`@${names.group(element.usergroup_id)}`, names.isMine(element.usergroup_id));
    case 'channel':
      return h(
        'button',
        { type: 'button', class: 'mention channel-link', 'data-channel': element.channel_id },
        names.channel(element.channel_id),
      );
    case 'broadcast':
      return mention(`@${element.range}`, true);
    case 'date':
      return moment(element.timestamp, element.format);
    default:
      return '';
  }
}

function styled(text, style = {}) {
  const tags = [
    ['code', style.code],
    ['strong', style.bold],
    ['em', style.italic],
    ['s', style.strike],
  ];
  return tags.filter(([, on]) => on).reduce((node, [tag]) => h(tag, {}, node), text);
}
