import type { PageIntakeParts } from '../../src/intake/pages.ts';
import { NO_PAGES } from '../slack/page-samples.ts';

/** Where no link acknowledges anything. */
export const NO_LINKS: PageIntakeParts = { pages: NO_PAGES, checkLink: async () => await Promise.resolve('off') };
