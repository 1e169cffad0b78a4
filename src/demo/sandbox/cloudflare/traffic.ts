import type { Handler } from '../bindings.ts';
import { API_ROUTE } from './account.ts';
import type { Routes } from './routes.ts';
import { servedMost } from './workers/script.ts';
import type { Script, Scripts, Version } from './workers/script.ts';

/** What is served right now, and by which Worker. */
export type Served = {
  readonly script: string;
  readonly versionId: string;
  /** The commit, as its uploader has said it in the variable COMMIT. */
  readonly commit: string | null;
  readonly deployedAt: string;
  readonly fetch: Handler;
  readonly exports: Version['code']['exports'];
  readonly bindings: Version['bindings'];
};

/** Where the requests of visitors go. */
export type Traffic = {
  /** What most of the visitors of the shop's API get. */
  readonly current: () => Served | null;
  /** What the next visitor gets, where two versions share them. */
  readonly next: () => Served | null;
  /** What a Worker would serve under a name of its own, whoever is routed to it. */
  readonly of: (script: string) => Served | null;
};

/** Follows the route of the shop's API to a Worker, and that Worker's newest deployment to a version. */
export function createTraffic({ scripts, routes }: { scripts: Scripts; routes: Routes }): Traffic {
  let visitors = 0;

  function routed(): Script | undefined {
    const route = routes.get(API_ROUTE.id);
    return route?.pattern === API_ROUTE.pattern ? scripts.get(route.script) : undefined;
  }

  return {
    current: () => mostly(routed()),
    next() {
      const script = routed();
      // A step that shares no factor with 100 visits every hundredth once in a hundred visitors.
      visitors = (visitors + 37) % 100;
      return served(script, script && versionAt(script, visitors));
    },
    of: (name) => mostly(scripts.get(name)),
  };
}

function versionAt({ versions, deployments }: Script, hundredth: number): Version | null {
  let until = 0;
  for (const { version_id, percentage } of deployments.at(-1)?.versions ?? []) {
    until += percentage;
    if (hundredth < until) return versions.find(({ id }) => id === version_id) ?? null;
  }
  return null;
}

function mostly(script: Script | undefined): Served | null {
  return served(script, script && servedMost(script));
}

function served(script: Script | undefined, version: Version | null | undefined): Served | null {
  const deployment = script?.deployments.at(-1);
  if (!script || !version || !deployment) return null;
  const commit = version.bindings.find(({ name }) => name === 'COMMIT')?.text;
  return {
    script: script.name,
    versionId: version.id,
    commit: typeof commit === 'string' ? commit : null,
    deployedAt: deployment.createdOn,
    fetch: version.code.fetch,
    exports: version.code.exports,
    bindings: version.bindings,
  };
}
