import { z } from 'zod';
import { CODES } from '../codes.ts';
import { refuse } from '../envelope.ts';
import type { Refusal } from '../envelope.ts';
import type { Module } from './code.ts';

const Names = z.array(z.string());
const Step = z.looseObject({
  new_classes: Names.optional(),
  new_sqlite_classes: Names.optional(),
  deleted_classes: Names.optional(),
  renamed_classes: z.array(z.object({ from: z.string(), to: z.string() })).optional(),
});
const Migrations = z.looseObject({ old_tag: z.string().optional(), new_tag: z.string(), steps: z.array(Step).optional() });
export type Migrations = z.infer<typeof Migrations>;

/** What wrangler says of a Worker that it uploads; what the sandbox has no use for is let through. */
const Metadata = z.looseObject({
  main_module: z.string(),
  bindings: z.array(z.looseObject({ name: z.string(), type: z.string() })).default([]),
  compatibility_date: z.string().optional(),
  compatibility_flags: z.array(z.string()).default([]),
  migrations: Migrations.optional(),
  annotations: z.record(z.string(), z.string().optional()).default({}),
});
export type Metadata = z.infer<typeof Metadata>;
export type Upload = { readonly metadata: Metadata; readonly modules: readonly Module[] };

/** Reads the form in which a Worker comes: a part of JSON called `metadata`, and a part for each module. */
export async function readUpload(form: FormData | null): Promise<Upload | Refusal> {
  const text = form?.get('metadata');
  if (!form || text === null || text === undefined) return bad('the form has no part "metadata"');
  const metadata = Metadata.safeParse(parsed(typeof text === 'string' ? text : await text.text()));
  if (!metadata.success) return bad(z.prettifyError(metadata.error));
  const modules: Module[] = [];
  for (const [name, part] of form) {
    if (name !== 'metadata' && typeof part !== 'string') modules.push({ name, content: new Uint8Array(await part.arrayBuffer()) });
  }
  const main = metadata.data.main_module;
  if (!modules.some(({ name }) => name === main)) return refuse(400, CODES.badCode, `No such module "${main}".`);
  return { metadata: metadata.data, modules };
}

function bad(why: string): Refusal {
  return refuse(400, CODES.badBody, `The uploaded Worker can't be read: ${why}.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
