import { check } from './engine.ts';
import type { SchemaError } from './error.ts';
import type { Node, Surface } from './node.ts';
import { catalog } from './tables/catalog.ts';

/** Checks a payload in Slack's two steps: only what satisfies the schema is looked at for small limits and for rules between fields. */
export function inspect(
  node: Node,
  value: unknown,
  pointer: string,
  surface: Surface,
  rules: () => SchemaError[] = () => [],
): SchemaError[] {
  const late: SchemaError[] = [];
  const errors = check(node, value, pointer, { catalog, surface, late });
  return errors.length > 0 ? errors : [...late, ...rules()];
}
