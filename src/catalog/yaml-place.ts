import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node, Scalar } from 'yaml';
import type { Finding } from './finding.ts';

/** As near to the path as the document goes: a key that is missing is found at the map that lacks it. */
export function offsetOf(document: Document.Parsed, text: string, { path, on, at }: Finding): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const [index, step] of path.entries()) {
    const inside: unknown = isAlias(node) ? node.resolve(document) : node;
    if (isMap(inside)) {
      const pair = inside.items.find(({ key }) => isScalar(key) && key.value === step);
      if (!pair) return offset;
      if (isNodeWithRange(pair.key)) offset = pair.key.range[0];
      if (on === 'key' && index === path.length - 1) return offset;
      node = pair.value;
    } else if (isSeq(inside) && typeof step === 'number') node = inside.items[step];
    else return offset;
    if (isNodeWithRange(node)) offset = node.range[0];
  }
  return at !== undefined && isNodeWithRange(node) && isScalar(node) ? offset + (distanceInto(node, offset, text, at) ?? 0) : offset;
}

export type RangedNode = Node & { range: NonNullable<Node['range']> };

/** Whether a node knows where it stands, as all do that were read from a text. */
export function isNodeWithRange(node: unknown): node is RangedNode {
  return (isScalar(node) || isAlias(node) || isMap(node) || isSeq(node)) && Array.isArray(node.range);
}

/** How far behind the beginning of a scalar the letter of its value stands; nothing where the file writes it differently. */
function distanceInto({ value, type }: Scalar, offset: number, text: string, at: number): number | undefined {
  if (typeof value !== 'string') return undefined;
  if (type !== 'BLOCK_LITERAL') {
    const quote = type === 'PLAIN' ? 0 : 1;
    return text.startsWith(value, offset + quote) ? quote + at : undefined;
  }
  const before = value.slice(0, at).split('\n');
  const line = value.split('\n')[before.length - 1] ?? '';
  let start = offset;
  for (let left = before.length; left > 0; left -= 1) start = text.indexOf('\n', start) + 1;
  const written = text.slice(start).split(/\r?\n/, 1)[0] ?? '';
  return written.endsWith(line) ? start - offset + written.length - line.length + (before.at(-1)?.length ?? 0) : undefined;
}
