import type { Catalog } from '../node.ts';
import { blocks } from './blocks.ts';
import { charts } from './charts.ts';
import { cells } from './data-blocks.ts';
import { elements } from './elements.ts';
import { rich } from './rich.ts';

/** Everything that Block Kit is made of. */
export const catalog = { blocks, elements, rich, cells, charts } as const satisfies Catalog;
