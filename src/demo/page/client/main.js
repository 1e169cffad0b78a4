import { createComposer } from './composer.js';
import { byId, h } from './dom.js';
import { createForm } from './form.js';
import { createMessages } from './messages.js';
import { deed, follow, toast } from './server.js';
import { createShop } from './shop.js';
import { drawChannels, drawPeople } from './sidebar.js';
import { become, createState, markSeen, takeLook } from './state.js';
import { startTheme } from './theme.js';

const state = createState(await (await fetch('/scene')).json());
const messages = createMessages(state);
const form = createForm(state);
const composer = createComposer(state);
const shop = createShop(state);
let unfollow = () => {};
let lost = null;

startTheme(byId('theme'));
be(state.me);
document.addEventListener('click', ({ target }) => {
  const link = target.closest('.channel-link');
  if (link) open(link.dataset.channel);
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return;
  markSeen(state);
  drawSides();
});

/** Becomes somebody: their screen is followed from now on. */
function be(name) {
  unfollow();
  become(state, name);
  drawSides();
  unfollow = follow(name, takeNews, takeStanding);
}

function open(id) {
  if (!state.channels.some((channel) => channel.id === id)) return;
  state.channel = id;
  markSeen(state);
  draw();
}

/** Joins a channel, which opens as soon as it is there. */
async function join(name) {
  state.wanted = name;
  await deed({ kind: 'join', as: state.me, channel: name });
}

function takeNews(news) {
  switch (news.kind) {
    case 'look':
      takeLook(state, news.look);
      draw();
      break;
    case 'around':
      state.around = news.around;
      drawGuide();
      drawSides();
      break;
    case 'readings':
      state.readings = news.readings.length > 1 ? news.readings : [...state.readings, ...news.readings].slice(-120);
      shop.draw();
      break;
    case 'told':
      toast(news.text);
      break;
  }
}

/** Says it once when the demo is gone, and takes it back when it returns. */
function takeStanding(connected) {
  if (connected) {
    lost?.remove();
    lost = null;
  } else if (!lost) {
    lost = h('div', { class: 'lost', role: 'alert' }, 'The demo has ended, or can’t be reached. Start it again in the terminal.');
    document.body.append(lost);
  }
}

function draw() {
  messages.draw();
  form.draw();
  composer.draw();
  drawGuide();
  drawSides();
}

function drawSides() {
  drawPeople(state, be);
  drawChannels(state, open, (name) => void join(name));
}

function drawGuide() {
  if (!state.around) return;
  const { done, of, title, says } = state.around.hint;
  const now = [title, says, state.channels.map(({ name }) => name)].join();
  if (byId('guide').dataset.now === now) return;
  byId('guide').dataset.now = now;
  const dots = Array.from({ length: of }, (_, index) =>
    h('span', { class: index < done ? 'dot done' : index === done ? 'dot now' : 'dot' }),
  );
  const parts = says.split(/(\/(?:rollback|incident) \w+|#[\w-]+)/).map((part, index) => (index % 2 === 1 ? named(part) : part));
  byId('guide').replaceChildren(
    h('div', { class: 'dots', role: 'img', 'aria-label': `${done} of ${of} done` }, dots),
    h('p', {}, h('b', {}, title), ' ', parts),
  );
}

/** A channel's name leads there; a command stands as it is typed. */
function named(part) {
  const channel = state.channels.find(({ name }) => name === part);
  return channel ? h('button', { type: 'button', class: 'mention channel-link', 'data-channel': channel.id }, part) : h('code', {}, part);
}
