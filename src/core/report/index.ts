export { renderReport, reportFileName } from './render.ts';
export type { RenderedReport } from './render.ts';
export { TEMPLATE, templateOf } from './template.ts';
