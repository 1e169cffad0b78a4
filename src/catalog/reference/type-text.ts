import type { Node } from './node.ts';
import { anchorOf, forms, itemOf, plain, valueOf } from './node.ts';

/** What may stand there, in a few words; objects and what has a name of its own are links to their sections. */
export function sayType(wrapped: Node, place: string): string {
  const node = plain(wrapped);
  const name = nameOf(node);
  if (name !== null) return `[${name}](#${anchorOf(name)})`;
  const alternatives = forms(node);
  if (alternatives.length > 1) return [...new Set(alternatives.map((form) => sayType(form.node, place + form.suffix)))].join(' or ');
  if (node.enum) return node.enum.map((each) => `\`${String(each)}\``).join(', ');
  if (node.const !== undefined) return `\`${typeof node.const === 'string' ? node.const : JSON.stringify(node.const)}\``;
  if (node.properties) return `[${/ \((.+)\)$/.exec(place)?.[1] ?? 'these keys'}](#${anchorOf(place)})`;
  const value = valueOf(node);
  if (value) return `by name: ${sayType(value, `${place}.<name>`)}`;
  const item = itemOf(node);
  if (item) return `list of ${sayType(item, `${place}[]`)}`;
  const types = [node.type ?? []].flat().map((type) => SIMPLE[type]);
  return node.title ?? (types.length === 0 ? 'any JSON' : types.join(' or '));
}

const SIMPLE: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  null: 'nothing',
};

/** The name under which a part of the schema is defined once. */
function nameOf({ $ref }: Node): string | null {
  const name = $ref?.slice('#/definitions/'.length);
  return name === undefined || name.startsWith('__') ? null : name;
}
