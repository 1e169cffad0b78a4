import type { Chart } from '../core/chart.ts';
import { EDGE, frameOf, HEIGHT, WIDTH } from './frame.ts';
import type { Frame } from './frame.ts';
import { INK, LIMIT, PALE, pathsOf, round, stroke, STROKES, words } from './shapes.ts';

/** Draws a chart as SVG. The same chart gives the same text. */
export function drawChart(chart: Chart): string {
  const frame = frameOf(chart);
  const inside = frame ? [...axes(chart, frame), ...limitsIn(chart, frame), ...marksIn(chart, frame), ...lines(chart, frame)] : [nothing()];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="DejaVu Sans" font-size="13">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    words(LEFT, 26, chart.title, { size: 16, bold: true }),
    ...inside,
    '</svg>',
    '',
  ].join('\n');
}

const TWO_DAYS_MS = 2 * 24 * 60 * 60_000;
const LEFT = EDGE.left;
const RIGHT = WIDTH - EDGE.right;

function axes({ say }: Chart, { x, y }: Frame): readonly string[] {
  const bottom = HEIGHT - EDGE.bottom;
  const rows = y.ticks(4).flatMap((value) => {
    const at = round(y(value));
    return [stroke(LEFT, at, RIGHT, at, '#dddddd'), words(LEFT - 8, at + 4, say(value), { anchor: 'end', colour: PALE })];
  });
  const moments = x.ticks(6);
  // Within a few minutes several of them would have the same name.
  const digits = moments.every((time) => time.getTime() % 60_000 === 0) ? 16 : 19;
  const [from = 0, to = 0] = x.domain().map((time) => time.getTime());
  // Over days it is the day that matters.
  const name = (time: Date): string => (to - from > TWO_DAYS_MS ? time.toISOString().slice(0, 10) : time.toISOString().slice(11, digits));
  const columns = moments.map((time) => words(round(x(time)), bottom + 20, name(time), { anchor: 'middle', colour: PALE }));
  return [...rows, ...columns, stroke(LEFT, bottom, RIGHT, bottom, PALE), words(RIGHT, HEIGHT - 8, 'UTC', { anchor: 'end', colour: PALE })];
}

function limitsIn({ limits }: Chart, { y }: Frame): readonly string[] {
  return limits.flatMap(({ value, label }) => {
    const at = round(y(value));
    return [stroke(LEFT, at, RIGHT, at, LIMIT, '6 4'), words(RIGHT, at - 5, label, { anchor: 'end', colour: LIMIT })];
  });
}

/** Moments in their order, their words on two levels so that neighbours can be read. */
function marksIn({ marks }: Chart, { x }: Frame): readonly string[] {
  return marks
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ at, label }, index) => {
      const column = round(x(at));
      const isLate = column > WIDTH * 0.8;
      const place = { anchor: isLate ? 'end' : 'start', colour: INK } as const;
      return [
        stroke(column, EDGE.top - 30, column, HEIGHT - EDGE.bottom, PALE, '3 3'),
        words(column + (isLate ? -4 : 4), EDGE.top - 22 + (index % 2) * 16, label, place),
      ];
    });
}

function lines({ series, say }: Chart, { x, y, series: count }: Frame): readonly string[] {
  return series.flatMap((each, index) => {
    const { colour, dash } = STROKES[index % STROKES.length] ?? { colour: INK, dash: '' };
    const paths = pathsOf(each, { x, y }, { colour, dash });
    const last = each.points.at(-1);
    const dot = last ? [`<circle cx="${round(x(last.at))}" cy="${round(y(last.value))}" r="4" fill="${colour}"/>`] : [];
    const legend = `${count > 1 ? `${each.name}: ` : ''}${last ? `now ${say(last.value)}` : 'no reading'}`;
    const top = 48;
    const left = LEFT + index * 260;
    return [...paths, ...dot, stroke(left, top - 4, left + 24, top - 4, colour, dash), words(left + 32, top, legend, { colour })];
  });
}

function nothing(): string {
  return words(WIDTH / 2, HEIGHT / 2, 'No reading was to be had.', { anchor: 'middle', colour: PALE, size: 16 });
}
