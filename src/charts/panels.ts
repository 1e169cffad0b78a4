import type { Panel, Panels } from '../core/chart.ts';
import { EDGE, timeAxis, valueAxis, WIDTH } from './frame.ts';
import type { Frame } from './frame.ts';
import { INK, PALE, pathsOf, round, stroke, STROKES, words } from './shapes.ts';

const LEFT = EDGE.left;
const RIGHT = WIDTH - EDGE.right;
const TOP = 92;
const PANEL = 104;
/** Between two panels, for the name of the one below. */
const GAP = 40;
const LEVELS = 3;

/** Draws panels as SVG: one time below all of them, and the moments through all of them. The same panels give the same text. */
export function drawPanels({ title, panels, marks }: Panels): string {
  const shown = panels.filter(({ series }) => series.some(({ points }) => points.length > 0));
  const bottom = TOP + GAP + Math.max(1, shown.length) * (PANEL + GAP) - GAP;
  const height = bottom + EDGE.bottom;
  const points = shown.flatMap(({ series }) => series.flatMap((each) => each.points));
  const x = points.length > 0 ? timeAxis([...points.map(({ at }) => at), ...marks.map(({ at }) => at)]) : null;
  const inside = x
    ? [...marksIn(marks, x, bottom), ...shown.flatMap((panel, index) => panelIn(panel, x, index)), ...times(x, bottom)]
    : [words(WIDTH / 2, height / 2, 'No reading was to be had.', { anchor: 'middle', colour: PALE, size: 16 })];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="DejaVu Sans" font-size="13">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    words(LEFT, 26, title, { size: 16, bold: true }),
    ...inside,
    '</svg>',
    '',
  ].join('\n');
}

/** The moments in their order, their words on several levels so that neighbours can be read. */
function marksIn(marks: Panels['marks'], x: Frame['x'], bottom: number): readonly string[] {
  return marks
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ at, label }, index) => {
      const column = round(x(at));
      const isLate = column > WIDTH * 0.75;
      const top = TOP - 40 + (index % LEVELS) * 17;
      return [
        stroke(column, top - 10, column, bottom, PALE, '3 3'),
        words(column + (isLate ? -4 : 4), top, label, { anchor: isLate ? 'end' : 'start', colour: INK }),
      ];
    });
}

function panelIn({ title, say, series }: Panel, x: Frame['x'], index: number): readonly string[] {
  const top = TOP + GAP + index * (PANEL + GAP);
  const y = valueAxis(
    series.flatMap(({ points }) => points.map(({ value }) => value)),
    { top, bottom: top + PANEL },
  );
  const rows = y.ticks(2).flatMap((value) => {
    const at = round(y(value));
    return [stroke(LEFT, at, RIGHT, at, '#dddddd'), words(LEFT - 8, at + 4, say(value), { anchor: 'end', colour: PALE })];
  });
  const { colour, dash } = STROKES[0] ?? { colour: INK, dash: '' };
  const lines = series.flatMap((each) => {
    const last = each.points.at(-1);
    const dot = last ? [`<circle cx="${round(x(last.at))}" cy="${round(y(last.value))}" r="4" fill="${colour}"/>`] : [];
    return [...pathsOf(each, { x, y }, { colour, dash }), ...dot];
  });
  const last = series.flatMap(({ points }) => points).at(-1);
  const name = last ? `${title}: ${say(last.value)} at the end` : title;
  return [...rows, words(LEFT, top - 10, name, { colour, bold: true }), ...lines];
}

function times(x: Frame['x'], bottom: number): readonly string[] {
  const moments = x.ticks(6);
  const digits = moments.every((time) => time.getTime() % 60_000 === 0) ? 16 : 19;
  const columns = moments.map((time) =>
    words(round(x(time)), bottom + 20, time.toISOString().slice(11, digits), { anchor: 'middle', colour: PALE }),
  );
  return [...columns, stroke(LEFT, bottom, RIGHT, bottom, PALE), words(RIGHT, bottom + 36, 'UTC', { anchor: 'end', colour: PALE })];
}
