export { createCatalog, sayMistake } from './catalog.ts';
export type { OpenedCatalog } from './catalog.ts';
export { explainRule, listRules } from './lint/explain.ts';
export { readRehearsals } from './rehearsals.ts';
export { generatedFiles, schemas } from './schemas.ts';
