import type { Pages } from '../../core/page/port.ts';
import { createPageEngine } from './page-engine.ts';
import type { PageEngineParts } from './page-engine.ts';
import { createPages } from './pages.ts';
import type { PagesParts } from './pages.ts';

export type PageOffice = { readonly pages: Pages; start(): Promise<void>; stop(): Promise<void> };

/** Everything between a reason to call somebody and the word that somebody has it. */
export function createPageOffice(parts: PageEngineParts & PagesParts): PageOffice {
  return { pages: createPages(parts), ...createPageEngine(parts) };
}
