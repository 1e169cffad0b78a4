import { drawBlocks } from './blocks.js';
import { byId, h } from './dom.js';
import { initialOf } from './elements.js';
import { withSigns } from './signs.js';
import { deed } from './server.js';
import { avatar } from './sidebar.js';
import { namesOf } from './state.js';

/** Draws the open channel. A message is drawn again only when it, or its thread, has changed; so nothing flickers. */
export function createMessages(state) {
  const list = byId('messages');
  let drawn = new Map();
  let shown = '';
  let atEnd = true;

  // Whoever reads the newest message goes on reading it when the window changes.
  list.addEventListener('scroll', () => (atEnd = isAtEnd()));
  new ResizeObserver(() => atEnd && toEnd()).observe(list);

  function isAtEnd() {
    return list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  }

  function toEnd() {
    list.scrollTop = list.scrollHeight;
  }

  function draw() {
    const channel = state.channels.find(({ id }) => id === state.channel);
    byId('channel-name').textContent = channel?.name ?? 'No channel';
    byId('channel-topic').replaceChildren(
      ...(channel ? withSigns(channel.topic || (channel.archived ? 'Archived' : '')) : [`${state.me} is in no channel.`]),
    );
    const place = `${state.me} ${state.channel}`;
    const follows = isAtEnd();
    if (place !== shown) drawn = new Map();
    const next = new Map();
    for (const thread of threadsOf(state, channel?.order ?? [])) {
      const before = drawn.get(thread.key);
      next.set(thread.key, before && same(before.thread, thread) ? before : { thread, element: article(thread, before !== undefined) });
    }
    drawn = next;
    show([...next.values()].map(({ element }) => element));
    if (place !== shown || follows) toEnd();
    shown = place;
  }

  function show(elements) {
    const active = list.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const empty = h('p', { class: 'empty' }, 'Nothing has been said here yet.');
    const wanted = elements.length > 0 ? elements : [empty];
    wanted.forEach((element, index) => {
      const there = list.children[index];
      if (there === element) return;
      // What stays is not moved, so that neither its animation nor its focus begins again.
      if (there && !wanted.includes(there)) there.replaceWith(element);
      else list.insertBefore(element, there ?? null);
    });
    while (list.children.length > wanted.length) list.lastElementChild.remove();
    if (active && !list.contains(document.activeElement)) list.querySelector(`[data-key="${CSS.escape(active)}"]`)?.focus();
  }

  function article({ key, message, replies, open }, again) {
    const changed = again && message.edits > 0;
    return h(
      'article',
      {
        class: `message ${message.kind} ${message.byApp ? 'by-app' : ''} ${isSystem(message) ? 'system' : ''} ${changed ? 'changed' : ''}`,
        'data-ts': message.ts,
      },
      avatar(message.author, message.byApp || message.author === state.scene.bot.name),
      h('div', { class: 'body' }, heading(message), content(message), replies.length > 0 && threadBelow(key, message, replies, open)),
    );
  }

  function threadBelow(key, { ts }, replies, open) {
    const label = `${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}`;
    function toggle() {
      if (!state.threads.delete(key)) state.threads.add(key);
      draw();
    }
    return h(
      'div',
      { class: 'thread' },
      h(
        'button',
        { type: 'button', class: 'thread-toggle', 'aria-expanded': String(open), 'data-key': `thread/${ts}`, onclick: toggle },
        `${open ? '▾' : '▸'} ${label}`,
      ),
      open &&
        h(
          'div',
          { class: 'replies' },
          replies.map((reply) => h('div', { class: 'reply', 'data-ts': reply.ts }, heading(reply), content(reply))),
        ),
    );
  }

  function content(message) {
    const names = namesOf(state);
    const use = async (blockId, actionId, choice, node) => {
      node.setAttribute('aria-busy', 'true');
      const on = { channel: state.channel, ts: message.ts };
      await deed({ kind: 'act', as: state.me, on, element: { blockId, actionId, ...(choice !== undefined && { choice }) } });
      node.removeAttribute('aria-busy');
    };
    const scene = { names, use, valueOf: (_, object) => initialOf(object) };
    return h(
      'div',
      { class: 'content' },
      message.blocks.length > 0 ? drawBlocks(message.blocks, scene) : textOf(message),
      message.files.map((file) =>
        h(
          'details',
          { class: 'file', open: isPicture(file) },
          h('summary', {}, withSigns(`:page_facing_up: ${file.title}`)),
          isPicture(file) ? h('img', { src: file.content, alt: file.title }) : h('pre', { tabindex: '0' }, file.content),
        ),
      ),
      message.reactions.length > 0 &&
        h(
          'p',
          { class: 'reactions' },
          message.reactions.map((name) => h('span', {}, withSigns(`:${name}:`))),
        ),
    );
  }

  return { draw };
}

function heading(message) {
  const at = new Date(Number(message.ts) * 1000);
  return h(
    'header',
    {},
    h('b', {}, message.author),
    message.byApp && h('span', { class: 'badge' }, 'APP'),
    h(
      'time',
      { datetime: at.toISOString(), title: at.toLocaleString() },
      at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }),
    ),
    message.edits > 0 && h('span', { class: 'edited' }, '(edited)'),
    message.kind === 'ephemeral' && h('span', { class: 'only-you' }, withSigns(':eye: Only you can see this')),
  );
}

/** Root messages with their replies; a reply whose root is not on the screen stands by itself. */
function threadsOf(state, order) {
  const all = order.map((key) => ({ key, message: state.messages.get(key) }));
  const roots = new Set(all.map(({ message }) => message.ts));
  const isReply = ({ ts, threadTs }) => threadTs !== null && threadTs !== ts && roots.has(threadTs);
  return all
    .filter(({ message }) => !isReply(message))
    .map(({ key, message }) => {
      const replies = all.map((each) => each.message).filter((reply) => isReply(reply) && reply.threadTs === message.ts);
      return { key, message, replies, open: state.threads.has(key) };
    });
}

function same(a, b) {
  return (
    a.message === b.message &&
    a.open === b.open &&
    a.replies.length === b.replies.length &&
    a.replies.every((reply, index) => reply === b.replies[index])
  );
}

function textOf({ text, files }) {
  const own = text.split('\n').filter((line) => files.length === 0 || !line.startsWith('[file: '));
  if (own.length === 0) return [];
  return h(
    'p',
    {},
    own
      .join('\n')
      .split(/((?<![\w])@[\w-]+)/)
      .map((piece) => (piece.startsWith('@') ? h('span', { class: 'mention' }, piece) : withSigns(piece))),
  );
}

function isSystem({ blocks, text }) {
  return (
    blocks.length === 0 && /has joined the channel|has left the channel|pinned a message|set the channel|archived the channel/.test(text)
  );
}

/** Pictures come as an address that holds them, and all else as text. */
function isPicture({ content }) {
  return content.startsWith('data:image/png;');
}
