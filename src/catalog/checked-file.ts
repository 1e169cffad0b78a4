import type { z } from 'zod';
import type { CatalogMistake } from '../core/ports.ts';
import type { Finding, Slip } from './finding.ts';
import { inOrder } from './finding.ts';
import { plainSecrets } from './plain-secrets.ts';
import { findingsOf } from './schema-issues.ts';
import { readYaml } from './yaml-document.ts';
import type { YamlFile } from './yaml-files.ts';

export type Checked<Content> = { readonly content: Content } | { readonly mistakes: readonly CatalogMistake[] };

/** Reads a YAML file by its schema and then by further rules; every mistake gets its place in the file. */
export function checkFile<Schema extends z.ZodType>(
  file: YamlFile,
  schema: Schema,
  rules: (content: z.output<Schema>) => readonly Finding[],
): Checked<z.output<Schema>> {
  if ('mistake' in file) return { mistakes: [file.mistake] };
  const secrets = plainSecrets(file.text);
  const read = readYaml(file.text);
  if ('slips' in read) return mistakes(file.file, read.slips, secrets);
  const { document } = read;
  const { data } = document;
  const parsed = schema.safeParse(data);
  const findings = parsed.success ? rules(parsed.data) : findingsOf(parsed.error.issues, { schema, data });
  if (parsed.success && findings.length === 0 && secrets.length === 0) return { content: parsed.data };
  return mistakes(
    file.file,
    findings.map((finding) => document.place(finding)),
    secrets,
  );
}

/** A line with a secret in it is quoted by no other mistake. */
function mistakes(file: string, slips: readonly Slip[], secrets: readonly Slip[]): { readonly mistakes: readonly CatalogMistake[] } {
  const others = slips.filter((slip) => !secrets.some(({ line }) => line === slip.line));
  return { mistakes: inOrder([...others, ...secrets]).map((slip) => ({ file, ...slip })) };
}
