import { z } from 'zod';
import { Procedure } from '../core/procedure/schema.ts';
import { Rehearsal } from '../core/rehearsal/schema.ts';
import { Settings } from '../core/settings.ts';
import { lintPage } from './lint/explain.ts';
import { RULE_IDS } from './lint/rules.ts';
import type { Node } from './reference/node.ts';
import { referencePage } from './reference/page.ts';

/** What is written from the code and committed, by file: the JSON Schemas of the draft that YAML editors know, and the page about hazards. */
export function generatedFiles(): Readonly<Record<string, string>> {
  return { ...schemas(), ...references(), 'docs/lint.md': lintPage() };
}

/** The pages about all keys, written from what editors complete by. */
function references(): Readonly<Record<string, string>> {
  const all = schemas();
  return Object.fromEntries(
    REFERENCES.map(({ file, of, ...words }) => [file, referencePage({ ...words, schema: JSON.parse(all[of] ?? '{}') as Node })]),
  );
}

const REFERENCES = [
  {
    file: 'docs/reference/settings.md',
    of: 'rollbot.schema.json',
    title: 'All that may stand in rollbot.yml',
    preface:
      'A key that is not here is a mistake, and `rollbot check` says where it stands. [`rollbot.yml`](../../rollbot.yml) is a whole one.',
  },
  {
    file: 'docs/reference/procedure.md',
    of: 'procedures/procedure.schema.json',
    title: 'All that may stand in a procedure',
    preface:
      'A key that is not here is a mistake, and `rollbot check` says where it stands. [`procedures/cache.yml`](../../procedures/cache.yml) is a whole one.',
  },
  {
    file: 'docs/reference/rehearsal.md',
    of: 'procedures/rehearsal.schema.json',
    title: 'All that may stand in a rehearsal',
    preface: '[`procedures/cache.rehearsal.yml`](../../procedures/cache.rehearsal.yml) is a whole one.',
  },
];

/** The JSON Schemas for editors, by the file that each is committed in. */
export function schemas(): Readonly<Record<string, string>> {
  return {
    'procedures/procedure.schema.json': write(Procedure, 'Rollback procedure'),
    'procedures/rehearsal.schema.json': write(Rehearsal, 'Rehearsals of a rollback procedure'),
    'rollbot.schema.json': write(Settings, 'Settings of Rollbot'),
  };
}

function write(schema: z.ZodType, title: string): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7', override: nameRules });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}

/** Editors complete the rules that may be allowed; the schema of the code leaves them open, so that a wrong name is answered with a near one. */
function nameRules({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema['id'] !== 'allow' && jsonSchema.properties?.['rule'] === undefined) return;
  const rule = jsonSchema.properties?.['rule'];
  if (typeof rule !== 'object') return;
  delete rule.pattern;
  rule.enum = [...RULE_IDS];
}
