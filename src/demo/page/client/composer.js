import { byId, h } from './dom.js';
import { deed } from './server.js';

const commandsFor = ({ procedure }) => [
  [`/rollback ${procedure}`, 'do this rollback, on the default target'],
  [`/rollback ${procedure} --dry-run`, 'only show what it would do'],
  ['/rollback', 'open a form'],
  ['/rollback status', 'what is running, and what it waits for'],
  ['/rollback list', 'which procedures there are'],
  ['/rollback help', 'everything that Rollbot understands'],
  ['/incident status', 'what this channel’s incident still needs'],
  ['/incident close', 'end it, and have the report written'],
];

/** The message field, which offers Rollbot's commands as soon as a slash is typed. */
export function createComposer(state) {
  const form = byId('composer');
  const field = byId('composer-text');
  const list = byId('suggestions');
  let chosen = -1;

  field.addEventListener('input', () => offer());
  field.addEventListener('keydown', onKey);
  field.addEventListener('blur', () => hide());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });

  function offered() {
    return field.value.startsWith('/')
      ? commandsFor(state.scene).filter(([command]) => command.startsWith(field.value.trimEnd()) && command !== field.value)
      : [];
  }

  function offer() {
    const options = offered();
    chosen = Math.min(chosen, options.length - 1);
    const rows = options.map(([command, about], index) =>
      h(
        'li',
        {
          role: 'option',
          id: `suggestion-${index}`,
          'aria-selected': String(index === chosen),
          onmousedown: (event) => take(event, command),
        },
        h('code', {}, command),
        h('span', {}, about),
      ),
    );
    list.replaceChildren(...rows);
    list.hidden = rows.length === 0;
    field.setAttribute('aria-expanded', String(rows.length > 0));
    if (chosen >= 0) field.setAttribute('aria-activedescendant', `suggestion-${chosen}`);
    else field.removeAttribute('aria-activedescendant');
  }

  function hide() {
    chosen = -1;
    list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
  }

  function take(event, command) {
    event.preventDefault();
    field.value = command;
    field.focus();
    hide();
  }

  function onKey(event) {
    const options = offered();
    if (event.key === 'Escape') hide();
    if (list.hidden || options.length === 0) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      chosen = (chosen + step + options.length + (chosen < 0 && step < 0 ? 1 : 0)) % options.length;
      offer();
    } else if (event.key === 'Tab' || (event.key === 'Enter' && chosen >= 0)) take(event, options[Math.max(chosen, 0)][0]);
  }

  async function send() {
    const text = field.value.trim();
    if (text === '' || state.channel === null) return;
    field.value = '';
    hide();
    await deed({ kind: 'say', as: state.me, channel: state.channel, text });
  }

  return {
    draw() {
      const channel = state.channels.find(({ id }) => id === state.channel);
      field.placeholder = channel ? `Message ${channel.name} as ${state.me}, or type / for a command` : '';
    },
  };
}
