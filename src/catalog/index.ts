export { createCatalog, sayMistake } from './catalog.ts';
export type { CatalogParts, OpenedCatalog } from './catalog.ts';
export { schemas } from './schemas.ts';
