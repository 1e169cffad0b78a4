export { describe } from './error.ts';
export { totalBlockText, validateAttachments, validateMessageBlocks, validateMetadata } from './message.ts';
export { validateManifest } from './manifest.ts';
export { validateView, viewBytes } from './view.ts';
