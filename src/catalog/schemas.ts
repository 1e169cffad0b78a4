import { z } from 'zod';
import { Procedure } from '../core/procedure/schema.ts';
import { Settings } from '../core/settings.ts';

/** A JSON Schema for editors, by the name of the file that holds it. */
export type EditorSchema = { readonly file: string; readonly content: string };

/** The schemas of the two kinds of YAML files, as they are committed; `rollbot schema` writes them. */
export function schemas(): readonly EditorSchema[] {
  return [
    { file: 'procedures/procedure.schema.json', content: write(Procedure, 'Rollback procedure') },
    { file: 'rollbot.schema.json', content: write(Settings, 'Settings of Rollbot') },
  ];
}

function write(schema: z.ZodType, title: string): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}
