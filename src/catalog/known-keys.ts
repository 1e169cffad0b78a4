import { z } from 'zod';
import type { Path } from './finding.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Which keys may stand in the map at a path, over all forms that it can have. */
export function knownKeys(schema: z.ZodType, path: Path): readonly string[] {
  const root: JsonSchema = z.toJSONSchema(schema, { io: 'input' });
  let forms = formsOf(root, root);
  for (const step of path) forms = forms.flatMap((form) => inside(form, step)).flatMap((form) => formsOf(form, root));
  return [...new Set(forms.flatMap((form) => Object.keys(form.properties ?? {})))];
}

function inside(form: JsonSchema, step: string | number): readonly JsonSchema[] {
  const { items, properties, additionalProperties } = form;
  const next = typeof step === 'number' ? items : properties && Object.hasOwn(properties, step) ? properties[step] : additionalProperties;
  return typeof next === 'object' && !Array.isArray(next) ? [next] : [];
}

/** A schema, what it refers to, and what it may be instead. */
function formsOf(schema: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  const name = schema.$ref?.split('/').at(-1);
  const named = name === undefined ? undefined : root.$defs?.[name];
  return [schema, ...[...(named ? [named] : []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])].flatMap((form) => formsOf(form, root))];
}
