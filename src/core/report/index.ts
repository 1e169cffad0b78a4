export { renderReport, reportFileName } from './render.ts';
