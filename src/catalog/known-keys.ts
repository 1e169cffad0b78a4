import { z } from 'zod';
import type { Path } from './finding.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Which keys may stand in the map at a path, over all forms that it can have. */
export function knownKeys(schema: z.ZodType, path: Path): readonly string[] {
  let forms = formsOf(z.toJSONSchema(schema, { io: 'input' }));
  for (const step of path) forms = forms.flatMap((form) => inside(form, step));
  return [...new Set(forms.flatMap((form) => Object.keys(form.properties ?? {})))];
}

function inside(form: JsonSchema, step: string | number): readonly JsonSchema[] {
  const { items, properties, additionalProperties } = form;
  const next = typeof step === 'number' ? items : properties && Object.hasOwn(properties, step) ? properties[step] : additionalProperties;
  return typeof next === 'object' && !Array.isArray(next) ? formsOf(next) : [];
}

function formsOf(schema: JsonSchema): readonly JsonSchema[] {
  return [schema, ...(schema.anyOf ?? []).flatMap(formsOf)];
}
