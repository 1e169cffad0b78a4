import { ACCOUNT } from '../account.ts';
import type { Deployment, Script, Version } from './script.ts';

/** A version as the API shows it in a list. */
export function shownBriefly({ id, number, createdOn, annotations }: Version): object {
  const author = { author_email: ACCOUNT.user.email, author_id: ACCOUNT.user.id };
  return {
    id,
    number,
    metadata: { created_on: createdOn, modified_on: createdOn, source: 'wrangler', hasPreview: false, ...author },
    annotations,
  };
}

/** A version with everything that belongs to it. */
export function shownWhole(version: Version): object {
  const { bindings, code, compatibilityDate, compatibilityFlags, migrationTag } = version;
  return {
    ...shownBriefly(version),
    resources: {
      bindings,
      script: { etag: code.etag, handlers: code.handlers, last_deployed_from: 'wrangler' },
      script_runtime: {
        compatibility_date: compatibilityDate,
        compatibility_flags: compatibilityFlags,
        usage_model: 'standard',
        ...(migrationTag !== null && { migration_tag: migrationTag }),
      },
    },
    startup_time_ms: 1,
  };
}

export function shownDeployment({ id, createdOn, annotations, versions }: Deployment): object {
  return { id, source: 'wrangler', strategy: 'percentage', author_email: ACCOUNT.user.email, annotations, versions, created_on: createdOn };
}

/** A Worker as `PUT` answers: the id of the version without its hyphens, under an older name. */
export function shownUpload(script: Script, version: Version): object {
  return {
    id: script.name,
    tag: script.tag,
    etag: version.code.etag,
    handlers: version.code.handlers,
    pipeline_hash: null,
    deployment_id: version.id.replaceAll('-', ''),
    startup_time_ms: 1,
    created_on: script.createdOn,
    modified_on: version.createdOn,
  };
}

/** A Worker as a service with its only environment: where wrangler looks for the tag of the last migration. */
export function shownService({ name, tag, createdOn, migrationTag, settings }: Script): object {
  const script = {
    id: name,
    tag,
    tags: settings.tags ?? null,
    created_on: createdOn,
    modified_on: createdOn,
    last_deployed_from: 'wrangler',
    ...(migrationTag !== null && { migration_tag: migrationTag }),
  };
  return { id: name, default_environment: { environment: 'production', script }, created_on: createdOn };
}

/** A Worker as the newer part of the API shows it, which wrangler asks before it uploads. */
export function shownWorker({ name, tag, createdOn, subdomain, settings }: Script): object {
  return {
    id: tag,
    name,
    created_on: createdOn,
    updated_on: createdOn,
    subdomain,
    tags: settings.tags ?? [],
    logpush: settings.logpush ?? false,
    observability: settings.observability ?? { enabled: false },
    tail_consumers: settings.tail_consumers ?? [],
  };
}
