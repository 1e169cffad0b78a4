import type { Tree } from './action.ts';

const KEY = '$list';

/** The text whose items become a list in a body: that of `{ $list: '${params.tags}' }`. `undefined` where a value is something else. */
export function listText(tree: Tree<string>): string | undefined {
  if (typeof tree !== 'object' || tree === null || !Object.hasOwn(tree, KEY)) return undefined;
  const [[, text] = [], ...others] = Object.entries(tree);
  return others.length === 0 && typeof text === 'string' ? text : undefined;
}

/** Whether every `$list` of a body is one that `listText` knows, so that none is sent as it stands. */
export function hasPlainLists(tree: Tree<string>): boolean {
  if (typeof tree !== 'object' || tree === null || listText(tree) !== undefined) return true;
  return !Object.hasOwn(tree, KEY) && Object.values(tree).every(hasPlainLists);
}

/** The items of a text with commas between them, each once and without the blanks around it; `null` where one of them is empty. */
export function itemsOf(text: string): readonly string[] | null {
  const items = text.split(',').map((item) => item.trim());
  return items.includes('') ? null : [...new Set(items)];
}
