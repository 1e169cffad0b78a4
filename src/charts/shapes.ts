import { line } from 'd3-shape';
import type { Series } from '../core/chart.ts';
import type { Frame } from './frame.ts';

/** Colours that people who see few of them can tell apart; the dashes are for who sees none. */
export const STROKES = [
  { colour: '#0b5fa5', dash: '' },
  { colour: '#b34a00', dash: '8 4' },
  { colour: '#3d7a2a', dash: '2 4' },
];
export const INK = '#1d1c1d';
export const PALE = '#696969';
export const LIMIT = '#c0143c';

/** The line of a series, in as many pieces as there are readings without a gap. */
export function pathsOf(
  each: Series,
  { x, y }: Pick<Frame, 'x' | 'y'>,
  { colour, dash }: { readonly colour: string; readonly dash: string },
): readonly string[] {
  const draw = line<Series['points'][number]>(
    ({ at }) => round(x(at)),
    ({ value }) => round(y(value)),
  );
  return pieces(each).map(
    (piece) => `<path d="${draw(piece) ?? ''}" fill="none" stroke="${colour}" stroke-width="2.5"${dashed(dash)} stroke-linecap="round"/>`,
  );
}

/** Where readings are missing the line is broken. */
function pieces({ points, gapMs }: Series): readonly (readonly Series['points'][number][])[] {
  const all: Series['points'][number][][] = [];
  for (const point of points) {
    const before = all.at(-1)?.at(-1);
    if (before && point.at - before.at <= gapMs) all.at(-1)?.push(point);
    else all.push([point]);
  }
  return all;
}

type Look = { readonly anchor?: 'start' | 'middle' | 'end'; readonly colour?: string; readonly size?: number; readonly bold?: boolean };

/** A line of text; what XML can't hold is left out. */
export function words(x: number, y: number, text: string, { anchor = 'start', colour = INK, size, bold }: Look = {}): string {
  const shape = `${size ? ` font-size="${size}"` : ''}${bold ? ' font-weight="bold"' : ''}`;
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colour}"${shape}>${escaped(text)}</text>`;
}

/** A straight line. */
export function stroke(x1: number, y1: number, x2: number, y2: number, colour: string, dash = ''): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}"${dashed(dash)}/>`;
}

function dashed(dash: string): string {
  return dash === '' ? '' : ` stroke-dasharray="${dash}"`;
}

/** A tenth of a point is as fine as anybody sees. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What XML can't hold is left out. */
function escaped(text: string): string {
  const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').replace(/[&<>"']/g, (sign) => named[sign] ?? '');
}
