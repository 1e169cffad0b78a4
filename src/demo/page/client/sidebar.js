import { byId, h } from './dom.js';
import { unread } from './state.js';

/** The people whom one can be: one radio group, with arrow keys as in any other. */
export function drawPeople(state, onChoose) {
  const { people } = state.scene;
  const waiting = state.around?.waiting ?? {};
  const rows = people.map(({ name, realName, about }) => {
    const calls = waiting[name] ?? 0;
    const label = `${realName}, ${about}${calls > 0 ? `, ${calls} waiting` : ''}`;
    const own = name === state.me;
    return h(
      'button',
      {
        type: 'button',
        role: 'radio',
        class: 'person',
        'aria-checked': String(own),
        'aria-label': label,
        tabindex: own ? '0' : '-1',
        'data-person': name,
        onclick: () => onChoose(name),
        onkeydown: move,
      },
      avatar(name),
      h('span', { class: 'who' }, h('b', {}, realName.split(' ')[0]), h('small', {}, about)),
      calls > 0 && h('span', { class: 'calls', title: 'Something waits for this person' }, String(calls)),
    );
  });
  function move(event) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const index = people.findIndex(({ name }) => name === state.me);
    onChoose(people[(index + step + people.length) % people.length].name);
    byId('people').querySelector('[aria-checked=true]')?.focus();
  }
  replace(byId('people'), rows);
}

/** The channels of whoever one is being, and those that they could join. */
export function drawChannels(state, onOpen, onJoin) {
  const rows = state.channels.map((channel) => {
    const open = channel.id === state.channel;
    const fresh = open ? 0 : unread(state, channel);
    const label = fresh > 0 ? `${channel.name}, ${fresh} unread` : channel.name;
    return h(
      'li',
      {},
      h(
        'button',
        {
          type: 'button',
          class: fresh > 0 ? 'channel fresh' : 'channel',
          'aria-current': open ? 'page' : null,
          'aria-label': label,
          title: channel.name,
          'data-channel': channel.id,
          'data-key': channel.id,
          onclick: () => onOpen(channel.id),
        },
        h('span', {}, channel.name),
        fresh > 0 && h('span', { class: 'count' }, String(fresh)),
      ),
    );
  });
  const others = (state.around?.opened ?? []).filter((name) => !state.channels.some((channel) => channel.name === name));
  const joins = others.map((name) =>
    h(
      'li',
      {},
      h(
        'button',
        { type: 'button', class: 'channel other', 'data-key': name, title: `Join ${name}`, onclick: () => onJoin(name) },
        h('span', {}, name),
        h('span', { class: 'join' }, 'Join'),
      ),
    ),
  );
  replace(byId('channels'), [...rows, ...joins]);
}

/** Initials on a colour of one's own. */
export function avatar(name, byApp = false) {
  if (byApp) return h('img', { class: 'avatar', src: '/icon.svg', alt: '', width: 32, height: 32 });
  return h('span', { class: `avatar tone-${tone(name)}`, 'aria-hidden': 'true' }, name.slice(0, 1).toUpperCase());
}

function tone(name) {
  return [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 7;
}

/** Keeps the focus where it was. */
function replace(list, rows) {
  const focused = list.contains(document.activeElement)
    ? (document.activeElement.dataset.person ?? document.activeElement.dataset.key)
    : null;
  list.replaceChildren(...rows);
  if (focused) list.querySelector(`[data-person="${CSS.escape(focused)}"], [data-key="${CSS.escape(focused)}"]`)?.focus();
}
