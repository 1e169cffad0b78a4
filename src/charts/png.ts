import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import type { Drawing } from '../core/chart.ts';
import { drawPanels } from './panels.ts';
import { drawChart } from './svg.ts';

const require = createRequire(import.meta.url);
/** The font ships along, so that a chart reads the same on a machine without any. */
const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => require.resolve(`dejavu-fonts-ttf/ttf/${file}`));

/** A chart as a PNG, twice as large as it is shown, for sharp screens. */
export function chartPng(drawing: Drawing): Buffer {
  const picture = new Resvg('panels' in drawing ? drawPanels(drawing) : drawChart(drawing), {
    fitTo: { mode: 'zoom', value: 2 },
    font: { fontFiles: FONTS, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' },
  });
  return picture.render().asPng();
}
