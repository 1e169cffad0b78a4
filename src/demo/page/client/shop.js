import { chart } from './chart.js';
import { byId, h } from './dom.js';
import { deed } from './server.js';

/** The shop's health: figures, their last minute as small charts, and what is wrong in sentences. */
export function createShop(state) {
  const figures = figuresOf(state.scene.limits);
  byId('break').addEventListener('click', ({ currentTarget: button }) => void breakAgain(button));
  byId('sabotages').append(...state.scene.sabotages.map(sabotage));

  return {
    draw() {
      const reading = state.readings.at(-1);
      if (!reading) return;
      drawStanding(reading, state.scene.commits);
      drawSabotages(reading);
      byId('figures').replaceChildren(...figures.map((figure) => drawFigure(figure, state.readings)));
      byId('reasons').replaceChildren(
        reading.reasons.length > 0
          ? h(
              'ul',
              {},
              reading.reasons.map((reason) => h('li', {}, reason)),
            )
          : h('p', {}, 'Customers get their pages, fast and from the cache.'),
      );
    },
  };
}

function figuresOf({ errorRate, hitRate, p95Ms }) {
  return [
    {
      name: 'Failing requests',
      of: (r) => r.errorRate,
      say: percent,
      limit: () => errorRate,
      isGood: (v, limit) => v <= limit,
      top: 0.5,
      bound: 'at most',
    },
    {
      name: 'Answered by the cache',
      of: (r) => r.hitRate,
      say: percent,
      limit: () => hitRate,
      isGood: (v, limit) => v >= limit,
      top: 1,
      bound: 'at least',
    },
    {
      name: 'Slowest 5 % (p95)',
      of: (r) => r.p95Ms,
      say: (v) => `${Math.round(v)} ms`,
      limit: () => p95Ms,
      isGood: (v, limit) => v <= limit,
      top: 2000,
      bound: 'at most',
    },
    {
      name: 'Cache memory',
      of: (r) => r.memoryBytes,
      say: mebibytes,
      limit: (r) => r.memoryLimitBytes,
      isGood: (v, limit) => v <= limit,
      top: null,
      bound: 'at most',
    },
  ];
}

function drawStanding({ healthy, version }, commits) {
  const names = {
    [commits.good]: 'the good version',
    [commits.bad]: 'the bad version',
    [commits.newest]: 'the newest version, which is bad',
  };
  const running = version === null ? 'Nothing is deployed' : `Runs ${version.slice(0, 8)}, ${names[version] ?? 'made by the rollback'}`;
  const element = byId('standing');
  const text = healthy ? 'Healthy' : 'Broken';
  if (element.dataset.says === text + running) return;
  element.dataset.says = text + running;
  element.className = healthy ? 'good' : 'bad';
  element.replaceChildren(h('b', {}, healthy ? '✓ Healthy' : '! Broken'), h('span', {}, running));
}

function drawFigure({ name, of, say, limit, isGood, top, bound }, readings) {
  const last = readings.at(-1);
  const value = of(last);
  const limitNow = limit(last);
  const known = value !== null && limitNow !== null;
  const good = known && isGood(value, limitNow);
  const says = known ? `${bound} ${say(limitNow)}` : 'not known';
  const state = known ? (good ? 'good' : 'bad') : 'unknown';
  return h(
    'section',
    { class: `figure ${state}`, 'data-figure': name },
    h(
      'div',
      { class: 'figure-head' },
      h('h3', {}, name),
      h('span', { class: 'value' }, h('span', { 'aria-hidden': 'true' }, good ? '✓ ' : '! '), value === null ? '–' : say(value)),
    ),
    chart({
      name,
      values: readings.map(of),
      limit: limitNow,
      top,
      bad: bound === 'at most' ? 'above' : 'below',
      label: `${name} in the last minute: now ${value === null ? 'unknown' : say(value)}, ${says}`,
    }),
    h('small', {}, `should be ${says}`),
  );
}

async function breakAgain(button) {
  button.disabled = true;
  button.textContent = 'Breaking it …';
  await deed({ kind: 'break' });
  button.textContent = 'Break it';
  button.disabled = false;
}

function sabotage(name) {
  async function change({ target: box }) {
    box.disabled = true;
    await deed({ kind: 'sabotage', name, on: box.checked });
    box.disabled = false;
  }
  const box = h('input', { type: 'checkbox', value: name, onchange: (event) => void change(event) });
  return h('label', { class: 'choice' }, box, h('span', {}, name.replaceAll('-', ' ')));
}

/** What goes wrong may have been chosen in the terminal, or on another page; a box that somebody is changing is left alone. */
function drawSabotages({ sabotages }) {
  for (const box of byId('sabotages').querySelectorAll('input:enabled')) box.checked = sabotages.includes(box.value);
}

function percent(value) {
  return `${(value * 100).toFixed(value < 0.1 && value > 0 ? 1 : 0)} %`;
}

function mebibytes(value) {
  return `${(value / 1_048_576).toFixed(1)} MiB`;
}
