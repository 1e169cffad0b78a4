/** What is used of JSON Schema, as zod writes it. */
export type Node = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Node;
  readonly items?: Node | readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly allOf?: readonly Node[];
  readonly definitions?: Readonly<Record<string, Node>>;
};

/** A schema as it is meant: zod wraps what has a name where it is used with words of its own. */
export function plain(node: Node): Node {
  const { allOf, ...rest } = node;
  return allOf?.length === 1 && allOf[0] ? plain({ ...allOf[0], ...rest }) : node;
}

export type Form = { readonly node: Node; readonly suffix: string };

/** The ways in which something may be written; those that are objects are told apart by the word that is fixed in them, or by number. */
export function forms(node: Node): readonly Form[] {
  const all = node.anyOf ?? node.oneOf;
  if (!all) return [{ node, suffix: '' }];
  const objects = all.filter(({ properties }) => properties !== undefined);
  return all.map((each) => ({ node: each, suffix: objects.length < 2 || !each.properties ? '' : suffixOf(each, objects.indexOf(each)) }));
}

function suffixOf({ properties = {} }: Node, index: number): string {
  const fixed = Object.values(properties).find((each) => each.const !== undefined);
  return ` (${fixed === undefined ? (Object.keys(properties)[0] ?? index + 1) : String(fixed.const)})`;
}

/** Of an object whose keys are names: what each of them holds. */
export function valueOf({ properties, additionalProperties }: Node): Node | null {
  return properties || typeof additionalProperties !== 'object' ? null : additionalProperties;
}

/** What a list holds. */
export function itemOf({ items }: Node): Node | null {
  return items === undefined || 'length' in items ? null : items;
}

/** The fragment that a heading gets. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
