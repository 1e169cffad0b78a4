import { join } from 'node:path';
import { CODES } from '../codes.ts';
import { refuse } from '../envelope.ts';
import type { Refusal } from '../envelope.ts';
import { loadCode } from './code.ts';
import { addDeployment } from './deploying.ts';
import type { Annotations, Binding, Script, Scripts, Version } from './script.ts';
import { newScript } from './script.ts';
import type { Metadata, Migrations, Upload } from './upload.ts';

export type Uploading = {
  readonly scripts: Scripts;
  /** Where the code of each version is put. */
  readonly folder: string;
  readonly now: () => string;
  readonly newId: () => string;
  readonly knowsHyperdrive: (id: string) => boolean;
};

/** Adds a version that nobody is served yet; refuses what is to change the classes of the Worker on the way. */
export async function uploadVersion(
  parts: Uploading,
  name: string,
  upload: Upload,
  version: { strict: boolean },
): Promise<Version | Refusal> {
  const script = parts.scripts.get(name);
  if (!script) return refuse(404, CODES.notFound, 'This Worker does not exist on your account.');
  if (upload.metadata.migrations) {
    const says =
      'Version upload failed. You attempted to upload a version of a Worker that includes a Durable Object migration, but migrations must be fully applied via a non-versioned deployment. Refer to the documentation for more information.';
    return refuse(400, CODES.migrationInVersion, says);
  }
  return await addVersion(parts, script, upload, version);
}

/** Adds a version, applies its migrations and serves it to everybody at once: what `PUT` on a Worker does. */
export async function uploadScript(parts: Uploading, name: string, upload: Upload): Promise<Version | Refusal> {
  const { scripts, now, newId } = parts;
  const script = scripts.get(name) ?? newScript(name, { tag: newId().replaceAll('-', ''), createdOn: now() });
  const { migrations } = upload.metadata;
  if (migrations && (migrations.old_tag ?? null) !== script.migrationTag) {
    const says = `The migrations begin after the tag "${migrations.old_tag ?? ''}", but the tag of this Worker is "${script.migrationTag ?? ''}".`;
    return refuse(412, CODES.wrongOldTag, says);
  }
  const classes = migrated(script.classes, migrations);
  const draft = { ...script, classes, migrationTag: migrations?.new_tag ?? script.migrationTag };
  const version = await addVersion(parts, draft, upload, { strict: false });
  if ('refused' in version) return version;
  script.migrationTag = draft.migrationTag;
  script.secrets = draft.secrets;
  script.classes.clear();
  for (const each of classes) script.classes.add(each);
  scripts.set(name, script);
  addDeployment(parts, script, [{ version_id: version.id, percentage: 100 }], { ...messageOf(version), 'workers/triggered_by': 'upload' });
  return version;
}

async function addVersion(
  parts: Uploading,
  script: Script,
  { metadata, modules }: Upload,
  { strict }: { strict: boolean },
): Promise<Version | Refusal> {
  const bindings = boundBy(parts, script, metadata, strict);
  if ('refused' in bindings) return bindings;
  const id = parts.newId();
  const given = metadata.bindings.filter(({ type }) => type === 'secret_text').map(({ name }) => [name, (script.secrets[name] ?? 0) + 1]);
  const secrets: Script['secrets'] = { ...script.secrets, ...Object.fromEntries(given) };
  try {
    const version: Version = {
      id,
      number: (script.versions.at(-1)?.number ?? 0) + 1,
      createdOn: parts.now(),
      annotations: annotationsOf(metadata),
      bindings,
      migrationTag: script.migrationTag,
      compatibilityDate: metadata.compatibility_date ?? null,
      compatibilityFlags: metadata.compatibility_flags,
      secrets,
      code: await loadCode(join(parts.folder, id), modules, metadata.main_module),
    };
    script.secrets = secrets;
    script.versions.push(version);
    return version;
  } catch (error) {
    return refuse(400, CODES.badCode, `Uncaught ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
  }
}

/** The bindings that the version will have: what is inherited is looked up, and what is bound has to exist. */
function boundBy({ knowsHyperdrive }: Uploading, script: Script, { bindings }: Metadata, strict: boolean): readonly Binding[] | Refusal {
  const newest = script.versions.at(-1)?.bindings ?? [];
  const bound: Binding[] = [];
  for (const binding of bindings) {
    const { name, type } = binding;
    const found = type === 'inherit' ? newest.find((each) => each.name === name) : withoutText(binding);
    if (found) bound.push(found);
    else if (strict) return refuse(400, CODES.badCode, `binding ${name} can't be inherited: the newest version has none of this name`);
    if (type === 'hyperdrive' && !knowsHyperdrive(String(binding.id)))
      return refuse(400, CODES.badCode, `binding ${name} of type hyperdrive must have a valid \`id\` specified`);
    const local = binding.script_name === undefined || binding.script_name === script.name;
    if (type === 'durable_object_namespace' && local && !script.classes.has(String(binding.class_name))) {
      const says = `Cannot create binding for class '${String(binding.class_name)}' because it is not currently configured to implement Durable Objects. Ensure a --new-class migration has been applied to it.`;
      return refuse(400, CODES.noSuchClass, says);
    }
  }
  const kept = Object.keys(script.secrets).filter((name) => !bound.some((each) => each.name === name));
  return [...bound, ...kept.map((name) => ({ name, type: 'secret_text' }))];
}

/** Nobody is told a secret again. */
function withoutText({ text, ...binding }: Metadata['bindings'][number]): Binding {
  return binding.type === 'secret_text' || text === undefined ? binding : { ...binding, text };
}

function migrated(before: ReadonlySet<string>, migrations: Migrations | undefined): Set<string> {
  const classes = new Set(before);
  for (const step of migrations?.steps ?? []) {
    for (const name of [...(step.new_classes ?? []), ...(step.new_sqlite_classes ?? [])]) classes.add(name);
    for (const name of step.deleted_classes ?? []) classes.delete(name);
    for (const { from, to } of step.renamed_classes ?? []) if (classes.delete(from)) classes.add(to);
  }
  return classes;
}

function annotationsOf({ annotations }: Metadata): Annotations {
  const said = Object.entries(annotations).flatMap(([name, text]) => (text === undefined || text === '' ? [] : [[name, text]]));
  return { 'workers/triggered_by': 'upload', ...Object.fromEntries(said) };
}

function messageOf({ annotations }: Version): Annotations {
  const message = annotations['workers/message'];
  return message === undefined ? {} : { 'workers/message': message };
}
