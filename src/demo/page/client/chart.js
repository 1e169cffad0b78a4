import { svg } from './dom.js';

const WIDTH = 264;
const HEIGHT = 34;
/** A minute of readings. */
const POINTS = 120;

/**
 * A line of the last minute, with its limit as a dashed one. What lies on the bad side of the limit is red, the rest
 * green; `bad` says which side that is, and `top` is the largest value that fits, or null for whatever there is.
 */
export function chart({ name, values: all, limit, top, bad, label }) {
  const values = all.slice(-POINTS);
  const most = top ?? (Math.max(...values.map((value) => value ?? 0), limit ?? 0) * 1.15 || 1);
  const y = (value) => HEIGHT - 2 - (Math.min(value, most) / most) * (HEIGHT - 4);
  const x = (index) => WIDTH - ((values.length - 1 - index) * WIDTH) / (POINTS - 1);
  const points = values.flatMap((value, index) => (value === null ? [] : [`${x(index).toFixed(1)},${y(value).toFixed(1)}`]));
  const at = limit === null ? HEIGHT : y(limit);
  const sides =
    limit === null
      ? [['soft', 0, HEIGHT]]
      : [
          [bad === 'above' ? 'bad' : 'good', 0, at],
          [bad === 'above' ? 'good' : 'bad', at, HEIGHT - at],
        ];
  const children = points.length > 1 ? sides.flatMap((side) => drawSide(name, side, points)) : [];
  const line = limit === null ? [] : [svg('line', { class: 'limit', x1: 0, x2: WIDTH, y1: at, y2: at })];
  return svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label, preserveAspectRatio: 'none' },
    ...children,
    ...line,
  );
}

/** The whole line in one colour, of which only one side of the limit is shown. */
function drawSide(name, [tone, top, height], points) {
  const id = `clip-${name.replace(/\W+/g, '-')}-${tone}`;
  const [first] = points[0].split(',');
  const drawing = [
    svg('polygon', { class: 'area', points: `${first},${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}` }),
    svg('polyline', { class: 'line', points: points.join(' ') }),
  ];
  return [
    svg('clipPath', { id }, svg('rect', { x: 0, y: top.toFixed(1), width: WIDTH, height: height.toFixed(1) })),
    svg('g', { class: tone, 'clip-path': `url(#${id})` }, ...drawing),
  ];
}
