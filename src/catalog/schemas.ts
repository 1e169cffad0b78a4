import { z } from 'zod';
import { Procedure } from '../core/procedure/schema.ts';
import { Settings } from '../core/settings.ts';

/** The JSON Schemas for editors, by the file that each is committed in; of the draft that YAML editors know; `rollbot schema` writes them. */
export function schemas(): Readonly<Record<string, string>> {
  return {
    'procedures/procedure.schema.json': write(Procedure, 'Rollback procedure'),
    'rollbot.schema.json': write(Settings, 'Settings of Rollbot'),
  };
}

function write(schema: z.ZodType, title: string): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}
