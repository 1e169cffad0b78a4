export { createCatalog, sayMistake } from './catalog.ts';
export type { OpenedCatalog } from './catalog.ts';
export { schemas } from './schemas.ts';
