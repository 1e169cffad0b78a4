import { h } from './dom.js';
import { withSigns } from './signs.js';

/** Slack's mrkdwn as nodes: `names` turns ids of people, groups and channels into names. */
export function markup(text, names) {
  return text
    .split(/(```[\s\S]*?```)/)
    .flatMap((piece) =>
      piece.startsWith('```') && piece.length > 5
        ? [h('pre', {}, plain(piece.slice(3, -3).replace(/^\n|\n$/g, '')))]
        : piece.split('\n').flatMap((line, index) => [...(index > 0 ? [h('br')] : []), ...inline(line, names)]),
    );
}

/** A mention, as it stands in the text. */
export function mention(label, own) {
  return h('span', { class: own ? 'mention own' : 'mention' }, label);
}

/** A moment in the reader's own time zone, as Slack's date marks describe it. */
export function moment(seconds, format) {
  const date = new Date(Number(seconds) * 1000);
  const time = (options) => date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', ...options });
  const day = date.toDateString() === new Date().toDateString() ? 'today' : date.toLocaleDateString();
  const text = format
    .replace(/\{time_secs\}/g, time({ second: '2-digit' }))
    .replace(/\{time\}/g, time())
    .replace(/\{date(?:_[a-z_]+)?\}/g, day);
  return h('time', { datetime: date.toISOString(), title: date.toLocaleString() }, text);
}

const TOKEN =
  /(<[^<>\n]+>|`[^`\n]+`|(?<![\w*])\*(?=\S)[^*\n]*?\S\*(?!\w)|(?<![\w_])_(?=\S)[^_\n]*?\S_(?!\w)|(?<![\w~])~(?=\S)[^~\n]*?\S~(?!\w))/;
const STYLES = { '*': 'strong', _: 'em', '~': 's' };

function inline(text, names) {
  return text.split(TOKEN).flatMap((piece) => {
    if (piece === '') return [];
    if (/^<.+>$/.test(piece)) return [reference(piece.slice(1, -1), names)];
    if (/^`.+`$/.test(piece)) return [h('code', {}, plain(piece.slice(1, -1)))];
    const style = STYLES[piece[0]];
    if (style && piece.length > 2 && piece.at(-1) === piece[0]) return [h(style, {}, inline(piece.slice(1, -1), names))];
    return [withSigns(plain(piece))];
  });
}

/** The inside of `<…>`: a mention, a channel, a group, a date or a link. */
function reference(inside, names) {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : plain(inside.slice(bar + 1));
  if (target.startsWith('@')) return mention(`@${names.person(target.slice(1))}`, names.isMe(target.slice(1)));
  if (target.startsWith('#')) return channelLink(target.slice(1), names);
  if (target.startsWith('!subteam^')) return mention(`@${names.group(target.slice(9))}`, names.isMine(target.slice(9)));
  if (target.startsWith('!date^')) {
    const [, seconds, format] = target.split('^');
    return moment(seconds, format);
  }
  if (target.startsWith('!')) return mention(`@${target.slice(1)}`, true);
  return link(target, label || plain(target));
}

/** A link that leads away opens beside the page. */
export function link(url, label) {
  if (!/^(?:https?|mailto):/i.test(url)) return h('span', {}, label);
  return h('a', { href: url, target: '_blank', rel: 'noreferrer noopener' }, label);
}

function channelLink(id, names) {
  return h('button', { type: 'button', class: 'mention channel-link', 'data-channel': id }, names.channel(id));
}

/** Takes Slack's three escapes off. */
function plain(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
