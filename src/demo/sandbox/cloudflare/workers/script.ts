import type { Code } from './code.ts';

export type Binding = Readonly<Record<string, unknown>> & { readonly name: string; readonly type: string };
export type Annotations = Readonly<Record<string, string>>;

/** One upload of a Worker: code, bindings and settings as they were then, which never change again. */
export type Version = {
  readonly id: string;
  readonly number: number;
  readonly createdOn: string;
  readonly annotations: Annotations;
  readonly bindings: readonly Binding[];
  /** The last Durable Object migration that had been applied when it was uploaded. */
  readonly migrationTag: string | null;
  readonly compatibilityDate: string | null;
  readonly compatibilityFlags: readonly string[];
  /** How often each secret had been set by then. */
  readonly secrets: Readonly<Record<string, number>>;
  readonly code: Code;
};

export type Share = { readonly version_id: string; readonly percentage: number };

/** From when on which versions were served. */
export type Deployment = {
  readonly id: string;
  readonly createdOn: string;
  readonly annotations: Annotations;
  readonly versions: readonly Share[];
};

/** A Worker, with everything that was ever done to it. What is not of a version is never rolled back. */
export type Script = {
  readonly name: string;
  readonly tag: string;
  readonly createdOn: string;
  /** Oldest first. */
  readonly versions: Version[];
  /** Oldest first. */
  readonly deployments: Deployment[];
  /** The classes that keep data, by grace of the migrations. */
  readonly classes: Set<string>;
  migrationTag: string | null;
  secrets: Readonly<Record<string, number>>;
  subdomain: { readonly enabled: boolean; readonly previews_enabled: boolean };
  settings: Readonly<Record<string, unknown>>;
};

/** All Workers of the account, by name. */
export type Scripts = Map<string, Script>;

/** A Worker that nothing has been uploaded to. */
export function newScript(name: string, { tag, createdOn }: { tag: string; createdOn: string }): Script {
  return {
    name,
    tag,
    createdOn,
    versions: [],
    deployments: [],
    classes: new Set(),
    migrationTag: null,
    secrets: {},
    subdomain: { enabled: false, previews_enabled: false },
    settings: {},
  };
}

/** The version that gets most of the visitors; the first of two that get the same. */
export function servedMost({ versions, deployments }: Script): Version | null {
  const shares = (deployments.at(-1)?.versions ?? []).toSorted((a, b) => b.percentage - a.percentage);
  return versions.find(({ id }) => id === shares[0]?.version_id) ?? null;
}
